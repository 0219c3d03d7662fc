package io.lanewise.tokenizers.models;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Tokens;

/**
 * Takes each word as it is, or as the unknown token.
 *
 * @param unknown the id of the unknown token, or {@link Trie#NONE}
 */
record WordLevel(Vocabulary vocabulary, int unknown) implements Model, Segmenter {

    static WordLevel read(Json json) {
        Vocabulary vocabulary = Vocabulary.named(json.get("vocab"));
        return new WordLevel(vocabulary, vocabulary.find(json.get("unk_token").text()));
    }

    @Override
    public Segmenter newSegmenter() {
        return this;
    }

    @Override
    public void segment(AlignedText text, int from, int to, Tokens tokens) {
        int known = vocabulary.trie().find(text.codePoints(), from, to);
        int id = known == Trie.NONE ? unknown : known;
        if (id == Trie.NONE) {
            throw new LanewiseException("a word is unknown and the vocabulary lacks the unknown token: word="
                    + LanewiseException.quote(text.substring(from, to)));
        }
        tokens.add(id, text.start(from), text.end(to - 1));
    }
}
