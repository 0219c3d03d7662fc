package io.lanewise.tokenizers.models;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Tokens;

/**
 * Takes the longest piece that a word begins with, then the longest that continues it, and so on. A word that does not come out,
 * or is longer than {@code mostCharacters} code points, is one unknown token as a whole.
 *
 * @param vocabulary of pieces
 * @param prefix what pieces that continue a word begin with, such as {@code ##}
 * @param unknown the id of the unknown token, or {@link Trie#NONE}
 * @param continuation the node of the prefix, or {@link Trie#NONE}
 */
record WordPiece(Vocabulary vocabulary, String prefix, int unknown, int continuation, int mostCharacters)
        implements
            Model,
            Segmenter {

    static WordPiece read(Json json) {
        Vocabulary vocabulary = Vocabulary.named(json.get("vocab"));
        return of(vocabulary, json.get("unk_token").text(), json.get("continuing_subword_prefix").text(),
                json.get("max_input_chars_per_word").count());
    }

    /** Makes the model of a vocabulary. */
    static WordPiece of(Vocabulary vocabulary, String unknown, String prefix, int mostCharacters) {
        return new WordPiece(vocabulary, prefix, vocabulary.find(unknown),
                vocabulary.trie().walk(Trie.ROOT, prefix), mostCharacters);
    }

    @Override
    public Segmenter newSegmenter() {
        return this;
    }

    @Override
    public void segment(AlignedText text, int from, int to, Tokens tokens) {
        int first = tokens.count();
        if (to - from > mostCharacters || !cut(text, from, to, tokens)) {
            tokens.cut(first);
            addUnknown(text, from, to, tokens);
        }
    }

    private boolean cut(AlignedText text, int from, int to, Tokens tokens) {
        Trie trie = vocabulary.trie();
        int[] codePoints = text.codePoints();
        int node = Trie.ROOT;
        for (int start = from; start < to; node = continuation) {
            int end = start;
            int id = Trie.NONE;
            for (int i = start; i < to && node != Trie.NONE; i++) {
                node = trie.next(node, codePoints[i]);
                if (node != Trie.NONE && trie.value(node) != Trie.NONE) {
                    id = trie.value(node);
                    end = i + 1;
                }
            }
            if (id == Trie.NONE) {
                return false;
            }
            tokens.add(id, text.start(start), text.end(end - 1));
            start = end;
        }
        return true;
    }

    private void addUnknown(AlignedText text, int from, int to, Tokens tokens) {
        if (unknown == Trie.NONE) {
            throw new LanewiseException("a word is unknown and the vocabulary lacks the unknown token: word="
                    + LanewiseException.quote(text.substring(from, to)));
        }
        tokens.add(unknown, text.start(from), text.end(to - 1));
    }
}
