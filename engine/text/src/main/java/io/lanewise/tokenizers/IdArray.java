package io.lanewise.tokenizers;

import java.util.List;

import io.lanewise.tokenizers.processors.Part;
import io.lanewise.tokenizers.processors.PostProcessor;
import io.lanewise.tokenizers.text.Tokens;

/** Puts the ids of one text together with those of special tokens. */
final class IdArray {

    private IdArray() {}

    /** Returns as many of the ids as the truncation leaves. */
    static int[] of(PostProcessor processor, EncodingOptions options, Tokens tokens) {
        Truncation truncation = options.truncation();
        int kept = truncation == null
                ? tokens.count()
                : Math.min(tokens.count(), Assembly.budget(processor, options, false));
        int from = truncation != null && truncation.direction() == Direction.LEFT ? tokens.count() - kept : 0;
        List<Part> parts = processor.parts(false, options.specialTokens());
        int length = 0;
        for (int i = 0; i < parts.size(); i++) {
            length += parts.get(i) instanceof Part.Special ? 1 : kept;
        }
        int[] ids = new int[length];
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Part.Special special) {
                ids[at++] = special.id();
            } else {
                tokens.copyIds(from, from + kept, ids, at);
                at += kept;
            }
        }
        return ids;
    }
}
