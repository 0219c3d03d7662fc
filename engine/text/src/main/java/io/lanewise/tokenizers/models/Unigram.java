package io.lanewise.tokenizers.models;

import io.lanewise.LanewiseException;
import io.lanewise.json.Entries;
import io.lanewise.json.Json;

/**
 * Cuts a piece so that the sum of its tokens' scores is largest (Kudo 2018); of equal sums the one whose last token is longest.
 *
 * @param scores by id
 * @param unknown the id of the unknown token, or {@link Trie#NONE}
 * @param unknownScore of a character that no token begins with and that is none itself
 * @param byteTokens by byte, the ids that unknown text falls back to, or null
 */
record Unigram(Vocabulary vocabulary, double[] scores, int unknown, double unknownScore, int[] byteTokens)
        implements
            Model {

    private static final double UNKNOWN_PENALTY = 10;

    static Unigram read(Json json) {
        Entries entries = json.get("vocab").entries();
        if (entries.isObject() || entries.isPairs()) {
            throw new LanewiseException("$.model.vocab must be an array of pieces with scores");
        }
        double[] scores = new double[entries.count()];
        double least = Double.POSITIVE_INFINITY;
        for (int id = 0; id < scores.length; id++) {
            scores[id] = entries.number(id);
            if (Double.isNaN(scores[id])) {
                throw new LanewiseException("a piece must have a score: $.model.vocab[%d]=%s".formatted(id,
                        LanewiseException.quote(entries.strings().get(id))));
            }
            least = Math.min(least, scores[id]);
        }
        Vocabulary vocabulary = Vocabulary.listed(entries.strings());
        return new Unigram(vocabulary, scores, unknown(json, scores.length), least - UNKNOWN_PENALTY,
                json.bool("byte_fallback", false) ? ByteTokens.of(vocabulary) : null);
    }

    private static int unknown(Json json, int count) {
        if (!json.has("unk_id")) {
            return Trie.NONE;
        }
        int id = json.get("unk_id").count();
        if (id >= count) {
            throw new LanewiseException("unk_id must be a piece's: $.model.unk_id=" + id + ", pieces=" + count);
        }
        return id;
    }

    @Override
    public int size() {
        return scores.length;
    }

    @Override
    public Segmenter newSegmenter() {
        return new BestPath(this);
    }
}
