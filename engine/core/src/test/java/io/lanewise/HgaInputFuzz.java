package io.lanewise;

import java.nio.file.Path;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lanewise.fuzz.FuzzedFile;
import io.lanewise.weights.MutatedFile;
import org.junit.jupiter.api.Timeout;

/** Hands nearly right inputs to HGA: it runs on them or refuses them. */
class HgaInputFuzz {

    private static final FuzzedFile FILE = new FuzzedFile(".safetensors");
    private static final Session SESSION = Model.load(HgaGolden.of("count-tiny-pth").weights())
            .newSession(SessionOptions.defaults().maxBatch(3).maxLength(7));
    private static final Session CANDIDATES = Model.load(HgaGolden.of("action-ablation-global-bi").weights())
            .newSession(SessionOptions.defaults().maxBatch(3).maxLength(9));

    @Timeout(FuzzedFile.HANG_SECONDS)
    @FuzzTest
    void shouldRunOnInputsOrRefuseThem(FuzzedDataProvider data) {
        Session session = data.consumeBoolean() ? SESSION : CANDIDATES;
        MutatedFile mutated = new MutatedFile(data, "question", "question_lengths", "candidates", "candidate_lengths",
                "resnet", "c3d", "video_lengths", "lengths");
        Path path = FILE.write(mutated.bytes());
        FuzzedFile.requireCheap((16L << 20) + FuzzedFile.mostBytes(mutated.bytes().length),
                () -> HgaFuzz.orRefuse(() -> session.run(Inputs.load(path))));
    }
}
