package io.lanewise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.Stream;

import io.lanewise.RandomInputs.Padding;
import io.lanewise.graph.Graph;
import io.lanewise.layers.LayerKind;
import io.lanewise.layers.LayerKinds;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceInputs;
import io.lanewise.reference.ReferenceTensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Layers of every kind and size: the plan, fused and op by op, against the reference in doubles. */
class RandomLayersTest {

    private static final double LEAST_TOLERANCE = 2e-6;

    /**
     * How often the error of the reference's own floats is allowed. With a handful of features one row decides, the one whose
     * features happen to be nearly equal before a norm: both errors are then a rounding each, blown up alike, and their
     * quotient is anything. In 4000 configurations it reached 3.0 below 8 features and 1.9 from 16 on.
     */
    private static final double FACTOR = 2;
    private static final double FACTOR_OF_FEW_FEATURES = 6;
    private static final int FEW_FEATURES = 32;

    /** Hidden sizes with a number of heads each that is legal for every kind: {@code heads ≤ hidden / heads}. */
    private static final int[][] SHAPES = {{1, 1}, {2, 1}, {3, 1}, {4, 2}, {7, 1}, {8, 2}, {13, 1}, {15, 3}, {16, 4},
            {17, 1}, {24, 2}, {31, 1}, {33, 3}, {40, 4}, {49, 7}, {53, 1}, {64, 8}, {69, 3}, {70, 7}, {128, 2}};

    /** More rows than a tile of scores has. */
    private static final int LONGEST = 101;
    private static final int[] LENGTHS = {1, 2, 3, 5, 7, 8, 13, 16, 19, 33, 37};

    static Stream<String> kinds() {
        return LayerKinds.all().stream().map(LayerKind::name);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldComputeWhatIsWritten(String name) {
        LayerKind kind = LayerKinds.of(name);
        for (int i = 0; i < SHAPES.length; i++) {
            long seed = 1_000L * i + kind.name().hashCode() % 1_000;
            RandomLayer layer = RandomLayer.of(kind.name(), SHAPES[i][0], seed).withHeads(SHAPES[i][1]);
            for (RandomLayer form : layer.forms()) {
                check(form, kind, i, new Random(seed));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldComputeWhatIsWrittenAtThePublishedSize(String name) {
        LayerKind kind = LayerKinds.of(name);
        RandomLayer layer = RandomLayer.of(kind.name(), 512, 5).withHeads(8);
        check(layer.forms().getLast(), kind, 5, new Random(5));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldComputeMoreRowsThanATileOfScoresHas(String name) {
        LayerKind kind = LayerKinds.of(name);
        Map<String, Integer> lengths = new HashMap<>();
        kind.requiredInputs().forEach(input -> lengths.put(input, LONGEST));
        RandomLayer layer = RandomLayer.of(name, 64, 7).withHeads(8).withMaxLength(LONGEST);
        for (RandomLayer form : layer.forms()) {
            check(form, RandomInputs.of(kind.requiredInputs(), 2, lengths, 64, Padding.NONE, new Random(7)),
                    EmptyAttention.ZERO);
        }
    }

    /** More keys than are attended to at once: two blocks of a layer's only length, three of its second one. */
    @ParameterizedTest
    @MethodSource("kinds")
    void shouldComputeMoreKeysThanAreKeptAtOnce(String name) {
        LayerKind kind = LayerKinds.of(name);
        boolean one = kind.requiredInputs().size() == 1;
        Map<String, Integer> lengths = new HashMap<>();
        kind.requiredInputs().forEach(input -> lengths.put(input, one ? 1_030 : lengths.isEmpty() ? 9 : 2_301));
        RandomLayer layer = RandomLayer.of(name, 32, 7).withHeads(2).withMaxLength(2_301);
        for (RandomLayer form : layer.forms()) {
            Padding padding = form == layer ? Padding.MARKS : Padding.LENGTHS;
            check(form, RandomInputs.of(kind.requiredInputs(), 1, lengths, 32, padding, new Random(7)),
                    EmptyAttention.ZERO);
        }
    }

    /** Runs a layer with one of all paddings and inputs, in turn, so that each meets many shapes. */
    private static void check(RandomLayer layer, LayerKind kind, int turn, Random random) {
        Padding[] paddings = Padding.values();
        Padding padding = paddings[(turn + random.nextInt(2) * 3) % paddings.length];
        List<String> names = new ArrayList<>(kind.requiredInputs());
        names.addAll(kind.optionalInputs().subList(0, turn % (kind.optionalInputs().size() + 1)));
        Map<String, Integer> lengths = new HashMap<>();
        names.forEach(name -> lengths.put(name, LENGTHS[random.nextInt(LENGTHS.length)]));
        int batch = 1 + random.nextInt(layer.hidden() > 100 ? 2 : 9);
        RandomInputs inputs = RandomInputs.of(names, batch, lengths, layer.hidden(), padding, random);
        EmptyAttention empty = turn % 2 == 0 ? EmptyAttention.ZERO : EmptyAttention.NAN;
        check(layer.withMaxLength(37 + turn), inputs, empty);
    }

    private static void check(RandomLayer layer, RandomInputs inputs, EmptyAttention empty) {
        int longest = inputs.all().stream().mapToInt(RandomInputs.Given::length).max().orElseThrow();
        SessionOptions options = SessionOptions.defaults().maxBatch(inputs.batch())
                .maxLength(Math.max(longest, LONGEST)).attention(true).emptyAttention(empty);
        List<String> names = inputs.all().stream().map(RandomInputs.Given::name).toList();
        try (Model model = layer.model()) {
            Graph graph = model.graph(new HashSet<>(names)).withAttention();
            ReferenceInputs reference = inputs.reference().emptyAttention(empty.fill());
            Truth truth = new Truth(ReferenceExecutor.doubles().run(graph, reference),
                    ReferenceExecutor.floats().run(graph, reference),
                    layer.hidden() < FEW_FEATURES ? FACTOR_OF_FEW_FEATURES : FACTOR);
            String what = layer + " " + inputs + " " + empty;
            truth.compare(model, options, inputs, what + " fused");
            truth.compare(model, options.without("fuse", "share", "reuse"), inputs, what + " op by op");
        }
    }

    /** What the reference says, and how far its own floats are from it. */
    private record Truth(SequencedMap<String, ReferenceTensor<double[]>> doubles,
            SequencedMap<String, ReferenceTensor<float[]>> floats, double factor) {

        void compare(Model model, SessionOptions options, RandomInputs inputs, String what) {
            try (Session session = model.newSession(options)) {
                Outputs outputs = session.run(inputs.inputs());
                assertEquals(doubles.sequencedKeySet(), outputs.names(), what);
                for (String name : outputs.names()) {
                    compare(outputs, name, what + " " + name);
                }
            }
        }

        private void compare(Outputs outputs, String name, String what) {
            if (outputs.isFloats(name)) {
                double[] truth = doubles.get(name).numbers();
                double error = WorstCell.of(truth, floats.get(name).numbers()).error();
                WorstCell.of(truth, outputs.floats(name)).assertWithin(Math.max(LEAST_TOLERANCE, factor * error),
                        what);
            } else {
                boolean[] truth = doubles.get(name).bits();
                byte[] bytes = outputs.segment(name).toArray(JAVA_BYTE);
                for (int i = 0; i < truth.length; i++) {
                    assertEquals(truth[i] ? 1 : 0, bytes[i], what + " cell " + i);
                }
            }
        }
    }
}
