package io.lanewise.tokenizers.decoders;

import java.util.List;

/** Turns tokens back into text. Immutable. */
@FunctionalInterface
public interface Decoder {

    /** Returns the parts of the text that tokens stand for; the text is all of them, one after the other. */
    List<String> decode(List<String> tokens);
}
