package io.lanewise;

import java.nio.file.Path;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lanewise.weights.MutatedFile;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Hands nearly right files of inputs to a session: it runs on them or refuses them. */
class InputFileFuzz {

    private static final int FEATURES = 3;

    private final FuzzedFile file = new FuzzedFile();
    private final Session session = RandomLayer.of("co-attention", FEATURES, 1).model()
            .newSession(SessionOptions.defaults().maxBatch(2).maxLength(3));

    @Timeout(10)
    @FuzzTest
    void shouldRunOnInputsOrRefuseThem(FuzzedDataProvider data) {
        MutatedFile mutated = new MutatedFile(data, "question", "question_lengths", "video", "video_lengths", "input",
                "lengths", "_lengths");
        Path path = file.write(mutated.bytes());
        FuzzedFile.requireAllocatesAtMost(128 * 1024 + 64 * mutated.bytes().length, () -> run(path));
    }

    private void run(Path path) {
        try {
            Inputs inputs = Inputs.load(path);
            for (String name : inputs.names()) {
                inputs.padding(name, 0);
            }
            session.run(inputs);
        } catch (LanewiseException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
        }
    }
}
