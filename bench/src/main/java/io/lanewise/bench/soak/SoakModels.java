package io.lanewise.bench.soak;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

import io.lanewise.Inputs;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.Tensor;
import io.lanewise.bench.LayerSizes;
import io.lanewise.bench.SeededLayer;
import io.lanewise.layers.LayerKinds;
import io.lanewise.memory.Block;

/** The models of a soak, shared by all callers, and the numbers that requests are cut from. Thread-safe. */
final class SoakModels implements AutoCloseable {

    private static final int SEED = 1;
    private static final int MOST_SAMPLES = 8; // as many as a session warms up with
    private static final int MOST_ROWS = 80;
    private static final int WIDEST = 512;
    private static final int NUMBERS = 2 * MOST_SAMPLES * MOST_ROWS * WIDEST;

    private final List<SeededLayer> layers = List.of(layer("co-attention", WIDEST, 1),
            layer("masked-multi-head-attention", WIDEST, 8), layer("self-attention", 256, 1),
            layer("single-attention", 256, 1), layer("multi-head-attention", 128, 4),
            layer("co-siamese-attention", 128, 1), layer("self-transformer", 64, 4),
            layer("masked-crossover-transformer", 64, 2));
    private final List<Model> models = layers.stream().map(layer -> layer.model(SEED)).toList();
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final Block numbers = new Block((long) NUMBERS * Float.BYTES);

    SoakModels() {
        RandomGenerator random = new SplittableRandom(SEED);
        for (int i = 0; i < NUMBERS; i++) {
            numbers.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
        }
    }

    private static SeededLayer layer(String kind, int hidden, int heads) {
        return new SeededLayer(LayerKinds.of(kind),
                new LayerSizes(hidden, heads, 4 * hidden, 2, MOST_ROWS, MOST_ROWS));
    }

    int size() {
        return models.size();
    }

    /** Returns a model's kind and features. */
    String name(int model) {
        SeededLayer layer = layers.get(model);
        return layer.kind().name() + ", D=" + layer.sizes().hidden();
    }

    /** Opens a session that is as large as requests get; it stays open as long as the models do. */
    Session session(int model, int threads) {
        Session session = models.get(model).newSession(
                SessionOptions.defaults().threads(threads).maxBatch(MOST_SAMPLES).maxLength(MOST_ROWS));
        sessions.add(session);
        return session;
    }

    /**
     * Makes a request of random batch and padded lengths. Half of them tell their valid rows, none in some samples; the others leave
     * it to the engine to find that all are.
     */
    Inputs request(int model, RandomGenerator random) {
        int batch = random.nextInt(1, MOST_SAMPLES + 1);
        boolean tells = random.nextBoolean();
        int features = layers.get(model).sizes().hidden();
        Inputs inputs = Inputs.none();
        for (String name : models.get(model).requiredInputs()) {
            int rows = random.nextInt(1, MOST_ROWS + 1);
            int floats = batch * rows * features;
            long first = random.nextInt(NUMBERS - floats + 1);
            MemorySegment cells = numbers.segment().asSlice(first * Float.BYTES, (long) floats * Float.BYTES);
            inputs.and(name, Tensor.of(cells, batch, rows, features),
                    tells ? random.ints(batch, 0, rows + 1).toArray() : new int[0]);
        }
        return inputs;
    }

    /** Closes all sessions first. A session that is closed disturbs runs of others: nobody may run any more. */
    @Override
    public void close() {
        sessions.forEach(Session::close);
        models.forEach(Model::close);
        numbers.close();
    }
}
