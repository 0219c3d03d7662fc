package io.lanewise;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.lanewise.RandomInputs.Given;
import io.lanewise.RandomInputs.Padding;
import io.lanewise.layers.LayerKind;
import io.lanewise.layers.LayerKinds;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/** Numbers that are large, small, equal, or none: the result is as near the truth as ever, and one sample's concern alone. */
@Execution(ExecutionMode.CONCURRENT)
class SpecialNumbersTest {

    @RegisterExtension
    static final Models MODELS = new Models();

    private static final int BATCH = 4;
    private static final int LARGE_BATCH = 8;
    private static final int LONGEST = 24;
    private static final int[][] SHAPES = {{70, 7}, {16, 4}};
    private static final float DENORMAL = 1e-40f;
    private static final float LARGEST_LOGIT = 1e4f;

    static Stream<RandomLayer> layers() {
        return LayerKinds.attention().stream().map(LayerKind::name)
                .flatMap(kind -> Stream.of(SHAPES).limit(Tries.of(1, SHAPES.length))
                        .flatMap(shape -> RandomLayer.of(kind, shape[0], 3).withHeads(shape[1]).forms().stream()));
    }

    static Stream<RandomLayer> layersAlone() {
        return layers().filter(layer -> !layer.kind().endsWith("-stack"));
    }

    /**
     * Logits up to ±10⁴, of which two at a time nearly tie. Otherwise nearly every row would attend to one key alone without any
     * error, and two or three would decide over the reference's error and over that of the plan. Stacks have such logits in
     * their first layer alone, which is tested without them.
     */
    @ParameterizedTest
    @MethodSource("layersAlone")
    void shouldTakeLargeLogits(RandomLayer layer) {
        RandomInputs inputs = inputs(layer, LARGE_BATCH, LONGEST, Padding.LENGTHS).times(50); // a logit has two
        inputs.all().forEach(SpecialNumbersTest::pairRows);
        check(layer, inputs, EmptyAttention.ZERO);
    }

    private static void pairRows(Given given) {
        for (int cell = 0; cell < given.cells().length; cell++) {
            if (cell / given.features() % 2 == 1) {
                given.cells()[cell] = given.cells()[cell - given.features()] * (1 + 0x1p-13f);
            }
        }
    }

    /** Whole numbers, whose scores are exact in floats in whatever order they are summed. */
    @ParameterizedTest
    @ValueSource(strings = {"scaled-dot-product-attention", "masked-scaled-dot-product-attention"})
    void shouldTakeLogitsOfTenThousandExactly(String kind) {
        RandomLayer layer = RandomLayer.of(kind, 16, 3);
        float most = (float) Math.sqrt(LARGEST_LOGIT / 16 * 4); // scaled by 16^-½
        RandomInputs inputs = inputs(layer, Padding.LENGTHS);
        for (Given given : inputs.all().subList(0, 2)) {
            Random random = new Random(1);
            for (int cell = 0; cell < given.cells().length; cell++) {
                given.cells()[cell] = cell < 16 ? most : random.nextInt((int) -most, (int) most + 1);
            }
        }
        Arrays.fill(inputs.all().get(1).cells(), 16, 32, -most);
        check(layer, inputs);
    }

    /** Rows of denormals are not padding, by the published rule either: their sum is not 0. */
    @ParameterizedTest
    @MethodSource("layers")
    void shouldTakeDenormals(RandomLayer layer) {
        for (Padding padding : List.of(Padding.LENGTHS, Padding.ZERO_TAIL)) {
            check(layer, inputs(layer, padding).times(DENORMAL));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {1, DENORMAL})
    void shouldReturnTheValueOfAKeyThatIsAlone(float unit) {
        RandomLayer layer = RandomLayer.of("masked-scaled-dot-product-attention", 16, 3);
        RandomInputs inputs = inputs(layer, Padding.LENGTHS).times(unit);
        inputs.all().forEach(given -> fillLengths(given, 1));
        try (Session session = MODELS.of(layer).newSession(options())) {
            float[] output = new float[16];
            session.run(inputs.inputs()).floats("output").get(output);
            assertArrayEquals(Arrays.copyOf(inputs.all().getLast().cells(), 16), output);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldTakeRowsOfEqualScores(RandomLayer layer) {
        RandomInputs inputs = inputs(layer, Padding.LENGTHS_BEFORE_RUBBISH);
        for (Given given : inputs.all()) {
            float[] row = Arrays.copyOf(given.cells(), given.features());
            for (int cell = 0; cell < given.cells().length; cell++) {
                given.cells()[cell] = row[cell % row.length];
            }
        }
        check(layer, inputs);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldTakeOneValidRowEachOrNone(RandomLayer layer) {
        for (int rows = 1; rows >= 0; rows--) {
            RandomInputs inputs = inputs(layer, Padding.LENGTHS_BEFORE_RUBBISH);
            for (Given given : inputs.all()) {
                fillLengths(given, rows);
            }
            check(layer, inputs);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldTakeNoValidRowsOfOneInput(RandomLayer layer) {
        int count = LayerKinds.of(layer.kind()).requiredInputs().size();
        for (int empty = 0; empty < count; empty++) {
            RandomInputs inputs = inputs(layer, Padding.LENGTHS_BEFORE_RUBBISH);
            fillLengths(inputs.all().get(empty), 0);
            check(layer, inputs);
        }
    }

    @ParameterizedTest
    @MethodSource("io.lanewise.SampleBitsTest#layersOfSamples")
    void shouldKeepWhatIsNoNumberInItsSample(RandomLayer layer) {
        for (float special : new float[]{Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            for (Padding padding : List.of(Padding.NONE, Padding.LENGTHS_BEFORE_RUBBISH)) {
                RandomInputs inputs = inputs(layer, padding);
                try (Session session = MODELS.of(layer).newSession(options())) {
                    OutputBits before = OutputBits.of(session.run(inputs.inputs()), BATCH);
                    putIntoSample(1, inputs, special);
                    OutputBits after = OutputBits.of(session.run(inputs.inputs()), BATCH);
                    for (int sample : new int[]{0, 2, 3}) {
                        before.assertSame(sample, after, sample, layer + " " + inputs + ": beside " + special);
                    }
                }
            }
        }
    }

    /** Puts a number into the first row, which is valid, and the last, which may be padding. */
    private static void putIntoSample(int sample, RandomInputs inputs, float number) {
        for (Given given : inputs.all()) {
            int cells = given.length() * given.features();
            given.cells()[sample * cells] = number;
            given.cells()[(sample + 1) * cells - 1] = number;
        }
    }

    private static void fillLengths(Given given, int length) {
        if (given.lengths() != null) { // a value's are its key's
            Arrays.fill(given.lengths(), length);
        }
    }

    private static RandomInputs inputs(RandomLayer layer, Padding padding) {
        return inputs(layer, BATCH, 9, padding);
    }

    private static RandomInputs inputs(RandomLayer layer, int batch, int longest, Padding padding) {
        List<String> names = LayerKinds.of(layer.kind()).requiredInputs();
        Map<String, Integer> lengths = new HashMap<>();
        names.forEach(name -> lengths.put(name, lengths.isEmpty() ? longest / 2 : longest));
        return RandomInputs.of(names, batch, lengths, layer.hidden(), padding, new Random(layer.hidden()));
    }

    private static void check(RandomLayer layer, RandomInputs inputs) {
        for (EmptyAttention empty : EmptyAttention.values()) {
            check(layer, inputs, empty);
        }
    }

    private static void check(RandomLayer layer, RandomInputs inputs, EmptyAttention empty) {
        SessionOptions options = options().emptyAttention(empty);
        Model model = MODELS.of(layer);
        Truth.of(model, inputs, options).compare(model, options, inputs, layer + " " + inputs + " " + empty);
    }

    private static SessionOptions options() {
        return SessionOptions.defaults().maxBatch(LARGE_BATCH).maxLength(LONGEST).attention(true);
    }
}
