package io.lanewise.tokenizers.normalizers;

import java.util.List;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.PlainCharacters;

/** One normalizer after the other. */
record Sequence(List<Normalizer> steps) implements Normalizer {

    static Normalizer read(Json json) {
        return new Sequence(json.get("normalizers").list().stream().map(Normalizers::read).toList());
    }

    @Override
    public void normalize(AlignedText text) {
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).normalize(text);
        }
    }

    @Override
    public boolean mayPart(int before, int after) {
        int left = before;
        int right = after;
        for (Normalizer step : steps) {
            if (!PlainCharacters.is(left) || !PlainCharacters.is(right) || !step.mayPart(left, right)) {
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
        for (Normalizer step : steps) {
            becomes = PlainCharacters.is(becomes) ? step.becomes(becomes) : PlainCharacters.NONE;
        }
        return becomes;
    }
}
