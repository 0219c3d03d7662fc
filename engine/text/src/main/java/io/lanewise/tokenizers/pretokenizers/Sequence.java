package io.lanewise.tokenizers.pretokenizers;

import java.util.List;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.Pieces;
import io.lanewise.tokenizers.text.PlainCharacters;
import io.lanewise.tokenizers.text.Segments;

/** One pre-tokenizer after the other. */
record Sequence(List<PreTokenizer> steps) implements PreTokenizer {

    static PreTokenizer read(Json json) {
        return new Sequence(json.get("pretokenizers").list().stream().map(PreTokenizers::read).toList());
    }

    @Override
    public void preTokenize(Pieces pieces, Segments segments) {
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).preTokenize(pieces, segments);
        }
    }

    @Override
    public boolean cuts(int before, int after) {
        int left = before;
        int right = after;
        for (PreTokenizer step : steps) {
            if (step.cuts(left, right)) {
                return true; // what comes behind works on pieces
            }
            if (!step.mayPart(left, right)) {
                return false;
            }
            left = step.becomes(left);
            right = step.becomes(right);
            if (left == PlainCharacters.NONE || right == PlainCharacters.NONE) {
                return false;
            }
        }
        return false;
    }

    @Override
    public boolean mayPart(int before, int after) {
        int left = before;
        int right = after;
        for (PreTokenizer step : steps) {
            if (left == PlainCharacters.NONE || right == PlainCharacters.NONE) {
                return false;
            }
            if (step.cuts(left, right)) {
                return true;
            }
            if (!step.mayPart(left, right)) {
                return false;
            }
            left = step.becomes(left);
            right = step.becomes(right);
        }
        return true;
    }

    @Override
    public int becomes(int plain) {
        int becomes = plain;
        for (int i = 0; i < steps.size() && becomes != PlainCharacters.NONE; i++) {
            becomes = steps.get(i).becomes(becomes);
        }
        return becomes;
    }
}
