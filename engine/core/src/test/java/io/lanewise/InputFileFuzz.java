package io.lanewise;

import java.nio.file.Path;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lanewise.fuzz.FuzzedFile;
import io.lanewise.weights.MutatedFile;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Hands nearly right files of inputs to a session: it runs on them or refuses them. */
class InputFileFuzz {

    private static final int FEATURES = 3;

    private static final FuzzedFile FILE = new FuzzedFile(".safetensors");
    private static final Session SESSION = RandomLayer.of("co-attention", FEATURES, 1).model()
            .newSession(SessionOptions.defaults().maxBatch(2).maxLength(3));

    @Timeout(FuzzedFile.HANG_SECONDS)
    @FuzzTest
    void shouldRunOnInputsOrRefuseThem(FuzzedDataProvider data) {
        MutatedFile mutated = new MutatedFile(data, "question", "question_lengths", "video", "video_lengths", "input",
                "lengths", "_lengths");
        Path path = FILE.write(mutated.bytes());
        FuzzedFile.requireCheap(FuzzedFile.mostBytes(mutated.bytes().length), () -> run(path));
    }

    private static void run(Path path) {
        orRefuse(() -> {
            Inputs inputs = Inputs.load(path);
            inputs.names().forEach(name -> orRefuse(() -> inputs.padding(name, 0)));
            SESSION.run(inputs);
        });
    }

    private static void orRefuse(Runnable work) {
        try {
            work.run();
        } catch (LanewiseException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
        }
    }
}
