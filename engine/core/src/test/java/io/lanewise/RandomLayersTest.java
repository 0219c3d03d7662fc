package io.lanewise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.lanewise.RandomInputs.Padding;
import io.lanewise.layers.LayerKind;
import io.lanewise.layers.LayerKinds;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers of every kind and size: the plan, fused and op by op, against the reference in doubles. */
@Execution(ExecutionMode.CONCURRENT)
class RandomLayersTest {

    /** Hidden sizes with a number of heads each that is legal for every kind: {@code heads ≤ hidden / heads}. */
    static final int[][] SHAPES = {{1, 1}, {2, 1}, {3, 1}, {4, 2}, {7, 1}, {8, 2}, {13, 1}, {15, 3}, {16, 4},
            {17, 1}, {24, 2}, {31, 1}, {33, 3}, {40, 4}, {49, 7}, {53, 1}, {64, 8}, {69, 3}, {70, 7}, {128, 2}};

    /** More rows than a tile of scores has. */
    private static final int LONGEST = 101;
    private static final List<Integer> LENGTHS = List.of(1, 2, 3, 5, 7, 8, 13, 16, 19, 33, 37);
    private static final int LARGE = 512;
    private static final int FEW = 7; // of those lengths, enough for the most rows of a tile of a product

    static Stream<String> kinds() {
        return LayerKinds.attention().stream().map(LayerKind::name);
    }

    static Stream<String> everySecondKind() {
        return inTurn(0);
    }

    static Stream<String> everyFourthKind() {
        List<String> names = inTurn(1).toList();
        return names.stream().filter(name -> names.indexOf(name) % Tries.of(2, 1) == 0);
    }

    /** A build takes every second kind, from this one on. */
    private static Stream<String> inTurn(int first) {
        List<String> names = kinds().toList();
        return IntStream.range(0, names.size()).filter(i -> i % 2 == Tries.of(first, i % 2)).mapToObj(names::get);
    }

    /** A build takes those of one length, of two, and with a feed-forward part. */
    static Stream<String> someKinds() {
        return Tries.of(0, 1) == 0 ? Stream.of("self-attention", "co-attention", "self-transformer") : kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldComputeWhatIsWritten(String name) {
        LayerKind kind = LayerKinds.of(name);
        int step = Tries.of(4, 1); // neighbours among the kinds take other quarters
        for (int i = LayerKinds.attention().indexOf(kind) % step; i < SHAPES.length; i += step) {
            long seed = 1_000L * i + kind.name().hashCode() % 1_000;
            RandomLayer layer = RandomLayer.of(kind.name(), SHAPES[i][0], seed).withHeads(SHAPES[i][1]);
            for (RandomLayer form : layer.forms()) {
                check(form, kind, i, new Random(seed));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("someKinds")
    void shouldComputeWhatIsWrittenAtThePublishedSize(String name) {
        LayerKind kind = LayerKinds.of(name);
        RandomLayer layer = RandomLayer.of(kind.name(), LARGE, 5).withHeads(8);
        check(layer.forms().getLast(), kind, 5, new Random(5));
    }

    @ParameterizedTest
    @MethodSource("everySecondKind")
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
    @MethodSource("everyFourthKind")
    void shouldComputeMoreKeysThanAreKeptAtOnce(String name) {
        LayerKind kind = LayerKinds.of(name);
        boolean one = kind.requiredInputs().size() == 1;
        Map<String, Integer> lengths = new HashMap<>();
        kind.requiredInputs().forEach(input -> lengths.put(input, one ? 1_030 : lengths.isEmpty() ? 9 : 2_301));
        RandomLayer layer = RandomLayer.of(name, 32, 7).withHeads(2).withMaxLength(2_301);
        List<RandomLayer> forms = layer.forms();
        for (RandomLayer form : forms.subList(Tries.of(forms.size() - 1, 0), forms.size())) {
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
        int choice = layer.hidden() < LARGE ? LENGTHS.size() : FEW;
        names.forEach(name -> lengths.put(name, LENGTHS.get(random.nextInt(choice))));
        int batch = 1 + random.nextInt(layer.hidden() > 100 ? 2 : 9);
        RandomInputs inputs = RandomInputs.of(names, batch, lengths, layer.hidden(), padding, random);
        EmptyAttention empty = turn % 2 == 0 ? EmptyAttention.ZERO : EmptyAttention.NAN;
        check(layer.withMaxLength(37 + turn), inputs, empty);
    }

    private static void check(RandomLayer layer, RandomInputs inputs, EmptyAttention empty) {
        int longest = inputs.all().stream().mapToInt(RandomInputs.Given::length).max().orElseThrow();
        SessionOptions options = SessionOptions.defaults().maxBatch(inputs.batch())
                .maxLength(Math.max(longest, LONGEST)).attention(true).emptyAttention(empty);
        try (Model model = layer.model()) {
            Truth truth = Truth.of(model, inputs, options);
            String what = layer + " " + inputs + " " + empty;
            truth.compare(model, options, inputs, what + " fused");
            truth.compare(model, options.without("fold", "fuse", "share", "reuse"), inputs, what + " op by op");
        }
    }
}
