package io.lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.lanewise.weights.SafetensorsFile;
import io.lanewise.weights.SafetensorsWriter;
import io.lanewise.weights.TensorInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code lanewise run} on encoders' folders. */
class EncoderRunTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"odd", "odd-rerank", "odd-sequence", "odd-token", "odd-mlm", "odd-f16", "odd-shards"})
    void shouldWriteWhatTheFolderHas(String name) {
        Path golden = TinyModel.golden(name);
        Path output = folder.resolve("output.safetensors");
        for (String executor : List.of("plan", "reference")) {
            String line = Cli.run("run", golden, golden.resolve("input.safetensors"), "-o", output, "--stages",
                    "--executor", executor).succeeded();
            assertTrue(line.startsWith("bert (" + executor + "): input_ids [3, 9], "), line);
            assertExpected(golden.resolve("expected.safetensors"), output);
        }
    }

    private static void assertExpected(Path expected, Path actual) {
        try (SafetensorsFile truth = SafetensorsFile.open(expected);
                SafetensorsFile file = SafetensorsFile.open(actual)) {
            for (TensorInfo tensor : truth.tensors()) {
                String name = tensor.name().replace(".f64", "");
                if (tensor.name().endsWith(".f64")) {
                    TensorInfo found = file.find(name).orElseThrow();
                    assertArrayEquals(truth.doubles(tensor), file.doubles(found), 2e-5, name);
                }
            }
        }
    }

    @Test
    void shouldWriteStagesAndMapsOnlyWhenAsked() {
        assertEquals(Set.of("last_hidden_state", "pooler_output", "sentence_embedding"), names());
        assertEquals(Set.of("attention.0", "attention.1", "hidden_states.0", "hidden_states.1", "last_hidden_state",
                "pooler_output", "sentence_embedding"), names("--stages", "--attention"));
    }

    private Set<String> names(Object... options) {
        Path golden = TinyModel.golden("odd");
        Path output = folder.resolve("output.safetensors");
        Object[] arguments = new Object[5 + options.length];
        System.arraycopy(new Object[]{"run", golden, golden.resolve("input.safetensors"), "-o", output}, 0, arguments,
                0,
                5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        Cli.run(arguments).succeeded();
        Set<String> names = new TreeSet<>();
        try (SafetensorsFile file = SafetensorsFile.open(output)) {
            file.tensors().forEach(tensor -> names.add(tensor.name()));
        }
        return names;
    }

    @Test
    void shouldRefuseSettingsOfALayerAndFilesOfTheFolder() throws IOException {
        Path model = TinyModel.withTokenizer("odd", folder);
        Path input = model.resolve("input.safetensors");
        Path output = folder.resolve("output.safetensors");
        Cli.run("run", model, input, "-o", output, "--heads", 4)
                .refused(
                        "a folder's config.json says its settings, --layer, --heads and --set are for a layer's weights: "
                                + "folder=" + model);
        Path weights = model.resolve("model.safetensors");
        byte[] before = Files.readAllBytes(weights);
        Cli.run("run", model, input, "-o", weights)
                .refused("output must be another file than the inputs: output=" + weights + ", input=" + model);
        assertArrayEquals(before, Files.readAllBytes(weights));
    }

    @Test
    void shouldRefuseInputsThatDoNotFit() {
        Path golden = TinyModel.golden("odd");
        Path output = folder.resolve("output.safetensors");
        Path input = folder.resolve("input.safetensors");
        SafetensorsWriter.create().addLongs("input_ids", List.of(1L, 2L), new long[]{2, 61}).writeTo(input);
        Cli.run("run", golden, input, "-o", output).refused("an id must be from 0 to 60: input_ids[0][1]=61");
        SafetensorsWriter.create().addLongs("input_ids", List.of(1L, 33L), new long[33]).writeTo(input);
        Cli.run("run", golden, input, "-o", output)
                .refused("input must not be longer than its position table: input_ids is [1, 33], max_len=32");
        SafetensorsWriter.create().addFloats("input_ids", List.of(1L, 2L, 3L), new float[6]).writeTo(input);
        Cli.run("run", golden, input, "-o", output)
                .refused("input must be ids [batch, length]: input_ids is of floats, [1, 2, 3]");
    }
}
