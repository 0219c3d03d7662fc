package io.lanewise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.lanewise.RandomInputs.Padding;
import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.kernels.scalar.ScalarKernels;
import io.lanewise.layers.LayerKind;
import io.lanewise.layers.LayerKinds;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** The bits of a sample's outputs are the same in whatever company it is run, and by however many threads. */
@Execution(ExecutionMode.CONCURRENT)
class SampleBitsTest {

    @RegisterExtension
    static final Models MODELS = new Models();

    private static final int MORE_ROWS = 9;
    private static final int BATCH = 19; // several groups of samples: see Limits, whose groups have 128 rows
    private static final int LARGE = 256;
    private static final int[][] SHAPES = {{13, 1}, {70, 7}, {128, 2}};
    private static final List<Padding> PADDINGS = List.of(Padding.LENGTHS_FROM_ZERO, Padding.MARKS, Padding.ZERO_TAIL);

    /** Every form of every kind; in a build of one shape, in turn. */
    static Stream<RandomLayer> layers() {
        List<LayerKind> kinds = LayerKinds.attention();
        return IntStream.range(0, kinds.size()).boxed()
                .flatMap(i -> IntStream.range(0, SHAPES.length).filter(s -> s == Tries.of(i % SHAPES.length, s))
                        .mapToObj(s -> RandomLayer.of(kinds.get(i).name(), SHAPES[s][0], 3).withHeads(SHAPES[s][1])))
                .flatMap(layer -> layer.forms().stream());
    }

    /**
     * Layers of which a sample does not depend on the others by its definition. With several reshaped heads, group {@code g}
     * is masked like sample {@code g mod B}: which one that is depends on the batch.
     */
    static Stream<RandomLayer> layersOfSamples() {
        return layers().filter(layer -> !(layer.reshapesHeads() && layer.masksKeys()));
    }

    /**
     * Layers of which a sample does not depend on its padding by its definition. Several reshaped heads cut the padded sample
     * into pieces; keys that are not masked all count, rows of zeros among them.
     */
    static Stream<RandomLayer> layersOfRows() {
        return layers().filter(layer -> !layer.reshapesHeads() && layer.masksKeys());
    }

    @ParameterizedTest
    @MethodSource("layersOfSamples")
    void shouldNotDependOnTheBatch(RandomLayer layer) {
        for (Padding padding : PADDINGS) {
            RandomInputs inputs = inputs(layer, padding);
            try (Session session = MODELS.of(layer).newSession(options())) {
                OutputBits whole = OutputBits.of(session.run(inputs.inputs()), BATCH);
                for (int sample : new int[]{0, 1, 9, BATCH - 1}) {
                    OutputBits alone = OutputBits.of(session.run(inputs.select(0, sample).inputs()), 1);
                    alone.assertSame(0, whole, sample, layer + " " + inputs + ": alone and in a batch");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layersOfSamples")
    void shouldNotDependOnThePlaceInTheBatch(RandomLayer layer) {
        RandomInputs inputs = inputs(layer, Padding.LENGTHS_FROM_ZERO);
        int[] backwards = IntStream.range(0, BATCH).map(i -> BATCH - 1 - i).toArray();
        try (Session session = MODELS.of(layer).newSession(options())) {
            OutputBits forward = OutputBits.of(session.run(inputs.inputs()), BATCH);
            OutputBits reversed = OutputBits.of(session.run(inputs.select(0, backwards).inputs()), BATCH);
            for (int sample = 0; sample < BATCH; sample++) {
                forward.assertSame(sample, reversed, BATCH - 1 - sample, layer + " " + inputs + ": backwards");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layersOfRows")
    void shouldNotDependOnTheAmountOfPadding(RandomLayer layer) {
        for (Padding padding : PADDINGS) {
            RandomInputs inputs = inputs(layer, padding);
            int[] all = IntStream.range(0, BATCH).toArray();
            try (Session session = MODELS.of(layer).newSession(options())) {
                OutputBits tight = OutputBits.of(session.run(inputs.inputs()), BATCH);
                OutputBits loose = OutputBits.of(session.run(inputs.select(MORE_ROWS, all).inputs()), BATCH);
                for (int sample = 0; sample < BATCH; sample++) {
                    tight.assertSame(sample, loose, sample, layer + " " + inputs + ": more padding");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldNotDependOnTheNumberOfThreads(RandomLayer layer) {
        RandomInputs inputs = inputs(layer, Padding.LENGTHS_FROM_ZERO);
        Model model = MODELS.of(layer);
        OutputBits one = run(model, inputs, 1);
        for (int threads = 2; threads <= 3; threads++) {
            OutputBits many = run(model, inputs, threads);
            for (int sample = 0; sample < BATCH; sample++) {
                one.assertSame(sample, many, sample, layer + " " + inputs + ": threads=" + threads);
            }
        }
    }

    /** Layers so large that two samples are worth several threads: they share the samples' rows and heads. */
    static Stream<RandomLayer> largeLayers() {
        List<LayerKind> kinds = LayerKinds.attention();
        return IntStream.range(0, 2 * kinds.size()).filter(i -> Tries.of(i / 2 % 4, i % 2) == i % 2) // a build takes turns
                .mapToObj(i -> RandomLayer.of(kinds.get(i / 2).name(), LARGE, 3).withHeads(i % 2 == 0 ? 1 : 8)
                        .withMaxLength(80).forms().getLast());
    }

    @ParameterizedTest
    @MethodSource("largeLayers")
    void shouldNotDependOnThreadsThatShareASample(RandomLayer layer) {
        assumeFalse(KernelChoice.best() instanceof ScalarKernels,
                "scalar loops take minutes for what is divided alike");
        try (Model model = layer.model()) {
            RandomInputs inputs = inputs(layer, 2, 41, 50, Padding.LENGTHS_FROM_ZERO);
            OutputBits one = run(model, inputs, 1);
            for (int threads = 2; threads <= 3; threads++) {
                OutputBits many = run(model, inputs, threads);
                one.assertSame(0, many, 0, layer + " " + inputs + ": threads=" + threads);
                one.assertSame(1, many, 1, layer + " " + inputs + ": threads=" + threads);
            }
        }
    }

    private static OutputBits run(Model model, RandomInputs inputs, int threads) {
        try (Session session = model.newSession(options().maxLength(80).threads(threads))) {
            return OutputBits.of(session.run(inputs.inputs()), inputs.batch());
        }
    }

    private static SessionOptions options() {
        return SessionOptions.defaults().maxBatch(BATCH).maxLength(17 + MORE_ROWS).attention(true);
    }

    private static RandomInputs inputs(RandomLayer layer, Padding padding) {
        return inputs(layer, BATCH, 11, 17, padding);
    }

    private static RandomInputs inputs(RandomLayer layer, int batch, int first, int others, Padding padding) {
        List<String> names = LayerKinds.of(layer.kind()).requiredInputs();
        Map<String, Integer> lengths = new HashMap<>();
        names.forEach(name -> lengths.put(name, lengths.isEmpty() ? first : others));
        return RandomInputs.of(names, batch, lengths, layer.hidden(), padding, new Random(layer.hidden()));
    }
}
