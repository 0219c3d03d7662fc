package io.lanewise;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lanewise.fuzz.FuzzedFile;
import io.lanewise.plan.Plan;
import io.lanewise.runtime.PlanExecutor;
import io.lanewise.weights.Checkpoint;
import io.lanewise.weights.MutatedCheckpoint;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Hands nearly right parts of HGA to the engine: it runs them or refuses them. */
class HgaFuzz {

    private static final List<String> CASES = List.of("gru-odd", "lstm-odd", "adjacency-learner-odd", "gcn-odd",
            "block-fusion-uneven", "count-tiny-pth", "count-mixed-encoders");
    private static final FuzzedFile FILE = new FuzzedFile(".safetensors");

    @Timeout(FuzzedFile.HANG_SECONDS)
    @FuzzTest
    void shouldLoadAndRunOrRefuseAPartOfHga(FuzzedDataProvider data) {
        HgaGolden golden = HgaGolden.of(data.pickValue(CASES));
        MutatedCheckpoint mutated = mutated(data, golden);
        byte[] bytes = mutated.bytes();
        Path path = FILE.write(bytes);
        FuzzedFile.requireCheap(mostBytes(bytes), () -> {
            boolean ran = runOrRefuse(path, golden, mostBytes(bytes));
            assertTrue(ran || !mutated.isGood(), "a layer that is right must be loaded");
        });
    }

    private static MutatedCheckpoint mutated(FuzzedDataProvider data, HgaGolden golden) {
        try (Checkpoint file = Checkpoint.open(golden.weights())) {
            return new MutatedCheckpoint(data, file.inMemory());
        }
    }

    private static long mostBytes(byte[] file) {
        return (64L << 20) + 64L * file.length;
    }

    private static boolean runOrRefuse(Path path, HgaGolden golden, long mostBytes) {
        SessionOptions options = SessionOptions.defaults().maxBatch(3).maxLength(14);
        return orRefuse(() -> {
            try (Model model = Model.load(path)) {
                Plan plan = model.plan(options);
                long bytes = PlanExecutor.workspaceBytes(List.of(plan), new Door(plan, options).limits());
                assertTrue(bytes <= mostBytes, () -> "workspace bytes=" + bytes + ", allowed=" + mostBytes);
                model.unusedWeights();
                try (Session session = model.newSession(options.outputs(all(model)))) {
                    session.run(golden.inputs());
                }
            }
        });
    }

    private static String[] all(Model model) {
        Set<String> names = model.outputs();
        return names.toArray(String[]::new);
    }

    /** Says whether it was done; a refusal is one line. */
    static boolean orRefuse(Runnable work) {
        try {
            work.run();
            return true;
        } catch (LanewiseException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
            return false;
        }
    }
}
