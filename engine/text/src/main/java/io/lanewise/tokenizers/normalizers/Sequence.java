package io.lanewise.tokenizers.normalizers;

import java.util.List;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.AlignedText;

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
    public boolean isLocal() {
        return steps.stream().allMatch(Normalizer::isLocal);
    }
}
