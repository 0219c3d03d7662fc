package io.lanewise.text;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.tokenizers.Encoding;

/**
 * Pairs as ids and types.
 *
 * @param types null where the model is not told them
 */
record TokenArrays(int[][] ids, int[][] types) {

    static TokenArrays of(TextModel model, TextPair pair) {
        Encoding encoding = encode(model, pair);
        return new TokenArrays(new int[][]{encoding.ids()}, model.hasTypes() ? new int[][]{encoding.types()} : null);
    }

    /**
     * Makes ids and types of pairs.
     *
     * @throws TextException for the first pair that is at fault
     */
    static TokenArrays of(TextModel model, List<TextPair> pairs) {
        int[][] ids = new int[pairs.size()][];
        int[][] types = model.hasTypes() ? new int[pairs.size()][] : null;
        int i = 0;
        for (TextPair pair : pairs) {
            TextModel.requireThere(pair, "pairs", i);
            Encoding encoding = encodeOfList(model, pair, i);
            ids[i] = encoding.ids();
            if (types != null) {
                types[i] = encoding.types();
            }
            i++;
        }
        return new TokenArrays(ids, types);
    }

    private static Encoding encode(TextModel model, TextPair pair) {
        return model.encode(model.plain("", pair.first()), model.plain("", pair.second()));
    }

    private static Encoding encodeOfList(TextModel model, TextPair pair, int index) {
        try {
            return encode(model, pair);
        } catch (LanewiseException wrong) {
            throw TextException.of(wrong, "pairs", index);
        }
    }
}
