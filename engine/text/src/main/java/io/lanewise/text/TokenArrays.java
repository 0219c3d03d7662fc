package io.lanewise.text;

import java.util.List;

import io.lanewise.tokenizers.Encoding;

/**
 * Pairs as ids and types.
 *
 * @param types null where the model is not told them
 */
record TokenArrays(int[][] ids, int[][] types) {

    static TokenArrays of(TextModel model, List<TextPair> pairs) {
        int[][] ids = new int[pairs.size()][];
        int[][] types = model.hasTypes() ? new int[pairs.size()][] : null;
        int i = 0;
        for (TextPair pair : pairs) {
            Encoding encoding = model.encode(model.plain("", pair.first()), model.plain("", pair.second()));
            ids[i] = encoding.ids();
            if (types != null) {
                types[i] = encoding.types();
            }
            i++;
        }
        return new TokenArrays(ids, types);
    }
}
