package io.lanewise.encoders;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.lanewise.Model;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Models of recorded cases that the tests of a class share, so that each is loaded and planned once. Any thread may ask. */
final class LoadedCases implements AfterAllCallback {

    /** Other spellings of {@code bert/odd}: what is computed is the same. */
    private static final Set<String> SPELLINGS = Set.of("odd-prefix", "odd-gamma-beta", "odd-position-ids",
            "odd-unaligned", "odd-shards", "odd-f16");

    private final Map<EncoderCase, Model> models = new ConcurrentHashMap<>();

    /** Returns the cases that differ in what they compute. */
    static List<EncoderCase> distinct() {
        return EncoderCase.all().stream()
                .filter(golden -> !SPELLINGS.contains(golden.folder().getFileName().toString()))
                .toList();
    }

    /** Returns the model of a case, which is not the caller's to close. */
    Model of(EncoderCase golden) {
        return models.computeIfAbsent(golden, known -> Model.load(known.folder()));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        models.values().forEach(Model::close);
        models.clear();
    }
}
