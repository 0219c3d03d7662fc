package io.lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.lanewise.weights.SafetensorsFile;
import io.lanewise.weights.SafetensorsWriter;
import io.lanewise.weights.TensorInfo;
import io.lanewise.weights.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code lanewise run} from files to a file. */
class RunCommandTest {

    private static final Golden CO_ATTENTION = Golden.of("lanes/co-attention");

    @TempDir
    private Path folder;

    static List<Golden> layers() {
        return Golden.layers();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldGiveTheSameWithPlanAndReference(Golden golden) {
        Path plan = run(golden, "plan.safetensors", "--executor", "plan", "--attention");
        Path reference = run(golden, "reference.safetensors", "--executor", "reference", "--attention");
        assertSame(plan, reference, 2e-6);
    }

    @Test
    void shouldGiveTheSameMasksWithPlanAndReference() {
        Path weights = folder.resolve("weights.safetensors");
        SafetensorsWriter.create().metadata("layer", "padding-masks").metadata("hidden", "48").writeTo(weights);
        Path input = Golden.of("lanes/padding-masks").input();
        Path plan = folder.resolve("plan.safetensors");
        Path reference = folder.resolve("reference.safetensors");
        Cli.run("run", weights, input, "-o", plan).succeeded();
        Cli.run("run", weights, input, "-o", reference, "--executor", "reference").succeeded();
        try (SafetensorsFile masks = SafetensorsFile.open(plan);
                SafetensorsFile same = SafetensorsFile.open(reference)) {
            assertEquals(2, masks.tensors().size());
            for (TensorInfo mask : masks.tensors()) {
                assertEquals(TensorType.BOOL, mask.type());
                assertEquals(mask, same.find(mask.name()).orElseThrow());
                assertArrayEquals(masks.booleans(mask), same.booleans(mask));
            }
        }
    }

    @Test
    void shouldFillEmptyAttentionAsAsked() {
        Path weights = folder.resolve("weights.safetensors");
        Path input = folder.resolve("input.safetensors");
        SafetensorsWriter.create().metadata("layer", "masked-scaled-dot-product-attention").metadata("hidden", "2")
                .metadata("scale", "1").writeTo(weights);
        SafetensorsWriter.create().addFloats("query", List.of(1L, 1L, 2L), new float[]{1, 2})
                .addFloats("key", List.of(1L, 1L, 2L), new float[]{3, 4})
                .addLongs("key_lengths", List.of(1L), new long[1])
                .addFloats("value", List.of(1L, 1L, 2L), new float[]{5, 6}).writeTo(input);
        for (String executor : List.of("plan", "reference")) {
            assertArrayEquals(new float[]{0, 0}, context(weights, input, executor, "zero"));
            assertArrayEquals(new float[]{Float.NaN, Float.NaN}, context(weights, input, executor, "nan"));
        }
    }

    private float[] context(Path weights, Path input, String executor, String empty) {
        Path output = folder.resolve(executor + empty);
        Cli.run("run", weights, input, "-o", output, "--executor", executor, "--empty-attention", empty).succeeded();
        try (SafetensorsFile file = SafetensorsFile.open(output)) {
            return file.floats(file.find("output").orElseThrow());
        }
    }

    @Test
    void shouldSayOnOneLineWhatWasDone() {
        Path output = folder.resolve("output.safetensors");
        String line = Cli.run("run", CO_ATTENTION.weights(), CO_ATTENTION.input(), "-o", output).succeeded();
        assertTrue(line.matches("co-attention \\(plan\\): question \\[3, 7, 48\\], video \\[3, 12, 48\\] -> "
                + "output_q \\[3, 7, 48\\], output_v \\[3, 12, 48\\] in [0-9.]+ ms, written to \\S+\\R"), line);
    }

    @Test
    void shouldGiveTheSameBitsForAnyThreadsAndPassesOff() throws IOException {
        Path one = run(CO_ATTENTION, "one.safetensors");
        Path two = run(CO_ATTENTION, "two.safetensors", "--threads", "2");
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
        assertSame(one, run(CO_ATTENTION, "off.safetensors", "--planner-off", "fuse,share"), 2e-6);
    }

    @Test
    void shouldLetOptionsWinOverMetadata() {
        Golden golden = Golden.of("lanes/masked-multi-head-attention");
        Path output = run(golden, "output.safetensors", "--attention", "--heads", "2", "--set", "hidden=48", "--layer",
                "masked-multi-head-attention");
        try (SafetensorsFile file = SafetensorsFile.open(output)) {
            assertEquals(2, file.find("attention").orElseThrow().shape().get(1));
        }
    }

    /** Ids and lengths are I64, of candidates for each of a sample's five; padding is told by lengths alone. */
    @ParameterizedTest
    @ValueSource(strings = {"count-gru-coattn", "trans-lstm-bi-self-coattn"})
    void shouldWriteEveryStageOfHga(String name) {
        Golden golden = Golden.ofHga(name);
        for (String executor : List.of("plan", "reference")) {
            Path output = run(golden, "output.safetensors", "--stages", "--set", "ablation=none", "--executor",
                    executor);
            try (SafetensorsFile truth = SafetensorsFile.open(golden.expected());
                    SafetensorsFile file = SafetensorsFile.open(output)) {
                TensorInfo prediction = truth.find("prediction").orElseThrow();
                assertArrayEquals(truth.longs(prediction), file.longs(file.find("prediction").orElseThrow()));
                truth.tensors().stream().filter(tensor -> tensor.name().endsWith(".f64"))
                        .filter(tensor -> !tensor.name().equals("all_adj.f64")) // another layout of adjacency
                        .forEach(tensor -> assertStage(truth, tensor, file));
            }
        }
    }

    private static void assertStage(SafetensorsFile truth, TensorInfo tensor, SafetensorsFile file) {
        TensorInfo found = file.find(tensor.name().replace(".f64", "")).orElseThrow();
        assertEquals(tensor.shape(), found.shape(), found.name());
        double[] expected = truth.doubles(tensor);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertArrayEquals(expected, file.doubles(found), 2e-5 * largest, found.name());
    }

    @Test
    void shouldReplaceAnOutputThatIsThere() throws IOException {
        Path output = Files.writeString(folder.resolve("output.safetensors"), "old");
        run(CO_ATTENTION, "output.safetensors");
        try (SafetensorsFile file = SafetensorsFile.open(output)) {
            assertEquals(2, file.tensors().size());
        }
    }

    private Path run(Golden golden, String name, String... options) {
        Path output = folder.resolve(name);
        List<Object> arguments = new ArrayList<>(
                List.of("run", golden.weights(), golden.input(), "-o", output));
        arguments.addAll(List.of(options));
        Cli.run(arguments.toArray()).succeeded();
        return output;
    }

    private static void assertSame(Path expected, Path actual, double tolerance) {
        try (SafetensorsFile left = SafetensorsFile.open(expected);
                SafetensorsFile right = SafetensorsFile.open(actual)) {
            assertEquals(List.copyOf(left.tensors()), List.copyOf(right.tensors()));
            for (TensorInfo tensor : left.tensors()) {
                assertArrayEquals(left.doubles(tensor), right.doubles(tensor), tolerance, tensor.name());
            }
        }
    }
}
