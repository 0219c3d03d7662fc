package io.lanewise.tokenizers.pretokenizers;

import java.util.List;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.Pieces;
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
    public boolean cutsAtSpaces() {
        for (PreTokenizer step : steps) {
            if (step.cutsAtSpaces()) {
                return true;
            }
            if (!step.keepsSpaces()) {
                return false;
            }
        }
        return false;
    }

    @Override
    public boolean keepsSpaces() {
        return steps.stream().allMatch(PreTokenizer::keepsSpaces);
    }

    @Override
    public boolean isLocal() {
        return steps.stream().allMatch(PreTokenizer::isLocal);
    }
}
