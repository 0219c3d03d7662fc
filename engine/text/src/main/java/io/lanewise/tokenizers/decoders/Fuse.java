package io.lanewise.tokenizers.decoders;

import java.util.List;

/** Makes one part of all. */
record Fuse() implements Decoder {

    @Override
    public List<String> decode(List<String> tokens) {
        return List.of(String.join("", tokens));
    }
}
