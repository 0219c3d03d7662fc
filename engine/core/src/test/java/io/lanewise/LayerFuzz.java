package io.lanewise;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lanewise.fuzz.FuzzedFile;
import io.lanewise.graph.Op;
import io.lanewise.graph.Value;
import io.lanewise.layers.LayerKind;
import io.lanewise.layers.LayerKinds;
import io.lanewise.runtime.Limits;
import io.lanewise.runtime.PlanExecutor;
import io.lanewise.runtime.PreparedPlan;
import io.lanewise.weights.MutatedCheckpoint;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Loads nearly right layers of every kind: each is refused, or loaded and run once. */
class LayerFuzz {

    private static final int BATCH = 2;
    private static final int LENGTH = 3;

    private static final FuzzedFile FILE = new FuzzedFile(".safetensors");

    @Timeout(FuzzedFile.HANG_SECONDS)
    @FuzzTest
    void shouldLoadAndRunOrRefuseALayer(FuzzedDataProvider data) {
        MutatedCheckpoint mutated = new MutatedCheckpoint(data, layer(data).checkpoint().build());
        boolean attention = data.consumeBoolean();
        byte[] bytes = mutated.bytes();
        Path path = FILE.write(bytes);
        FuzzedFile.requireCheap(mostBytes(bytes), () -> {
            boolean ran = runOrRefuse(path, attention, mostBytes(bytes));
            assertTrue(ran || !mutated.isGood(), "a layer that is right must be loaded");
        });
    }

    /** Planning makes small objects, and Jazzer some with each; the rest is a multiple of the weights. */
    private static long mostBytes(byte[] file) {
        return (64L << 20) + 64L * file.length;
    }

    private static RandomLayer layer(FuzzedDataProvider data) {
        String kind = data.pickValue(LayerKinds.attention().stream().map(LayerKind::name).toList());
        List<RandomLayer> forms = RandomLayer.of(kind, 4, 1).withHeads(data.consumeInt(1, 2))
                .withMaxLength(data.consumeInt(LENGTH, 5)).forms();
        return data.pickValue(forms);
    }

    private static boolean runOrRefuse(Path path, boolean attention, long mostBytes) {
        SessionOptions options = SessionOptions.defaults().maxBatch(BATCH).maxLength(LENGTH).attention(attention);
        try (Model model = Model.load(path)) {
            requireOffHeapAtMost(mostBytes, model, options);
            try (Session session = model.newSession(options)) {
                session.run(inputs(model));
            }
            return true;
        } catch (LanewiseException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
            return false;
        }
    }

    private static void requireOffHeapAtMost(long mostBytes, Model model, SessionOptions options) {
        PreparedPlan prepared = model.prepare(options.inputs(), options.planner(), 0);
        Limits limits = new Door(prepared.plan(), options).limits();
        long bytes = prepared.constants().segment().byteSize()
                + PlanExecutor.workspaceBytes(List.of(prepared.plan()), limits);
        assertTrue(bytes <= mostBytes, () -> "off-heap bytes=" + bytes + ", allowed=" + mostBytes);
    }

    private static Inputs inputs(Model model) {
        Inputs inputs = Inputs.none();
        for (Value input : model.graph(Set.of()).inputs()) {
            int features = input.rows().features();
            float[] cells = new float[BATCH * LENGTH * features];
            Arrays.fill(cells, 0.5f);
            inputs.and(((Op.Input) input.op()).name(), Tensor.copyOf(cells, BATCH, LENGTH, features));
        }
        return inputs;
    }
}
