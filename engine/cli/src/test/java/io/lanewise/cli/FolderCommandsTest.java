package io.lanewise.cli;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

import io.lanewise.weights.SafetensorsWriter;
import io.lanewise.weights.TensorType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code explain}, {@code inspect}, {@code heatmap} and {@code doctor} on folders. */
@Isolated("the doctor waits for the compiler, which others would keep busy")
class FolderCommandsTest {

    @TempDir
    private Path folder;
    private Path model;

    @BeforeEach
    void writeAModel() throws IOException {
        model = TinyModel.withTokenizer("odd", folder);
    }

    // ---------------------------------------------------------------- explain

    @Test
    void shouldExplainWhatTextsAreEmbeddedBy() {
        String text = Cli.run("explain", model, "--length", "16,3").succeeded();
        assertTrue(text.contains("layer bert, planned for "), text);
        assertTrue(text.contains("for 2 sample(s) of {input_ids=[16, 3]}"), text);
        assertTrue(text.contains("output sentence_embedding"), text);
        assertFalse(text.contains("output last_hidden_state"), text);
        String all = Cli.run("explain", model, "--output", "last_hidden_state,pooler_output", "--input",
                "input_ids,token_type_ids").succeeded();
        assertTrue(all.contains("output last_hidden_state") && all.contains("token_type_ids"), all);
    }

    @Test
    void shouldExplainHowWeightsAreKept() {
        assertFalse(Cli.run("explain", model).succeeded().contains("BF16"));
        String narrow = Cli.run("explain", model, "--weights", "bf16").succeeded();
        assertTrue(narrow.contains("weights as BF16, rounded"), narrow);
        assertTrue(Cli.run("explain", model, "--weights", "int8").succeeded().contains("weights as INT8, rounded"));
    }

    @Test
    void shouldComputeFewerRowsForAReranker() {
        String few = Cli.run("explain", TinyModel.golden("odd-rerank"), "--length", 32).succeeded();
        String all = Cli.run("explain", TinyModel.golden("odd-rerank"), "--length", 32, "--output", "last_hidden_state")
                .succeeded();
        assertTrue(planned(few) < planned(all), few);
    }

    private static long planned(String explanation) {
        return explanation.lines().filter(line -> line.startsWith("  planned ")).findFirst()
                .map(line -> line.strip().split(" +")[1].replace(",", "")).map(Long::parseLong).orElseThrow();
    }

    @Test
    void shouldRefuseToExplain() {
        Cli.run("explain", model, "--output", "scores")
                .refused("output must be one of [last_hidden_state, pooler_output, "
                        + "sentence_embedding, hidden_states.0, hidden_states.1, attention.0, attention.1]: output=scores");
        Cli.run("explain", model, "--length", "x")
                .refused("length must be whole numbers from 0 to 1000000: --length x");
        Cli.run("explain", model, "--length", "question=3")
                .refused("length must name one of [input_ids]: length=question");
    }

    // ---------------------------------------------------------------- inspect

    @Test
    void shouldInspectAFolder() throws IOException {
        Files.writeString(model.resolve("config_sentence_transformers.json"),
                "{\"prompts\": {\"query\": \"find: \"}, \"default_prompt_name\": \"query\"}");
        List<String> lines = Cli.run("inspect", model).lines();
        assertEquals(List.of("folder: " + model, "architecture: bert, for features",
                "sizes: layers 2, hidden 20, heads 2, vocabulary 61, positions 32",
                "modules: pooling first token, normalize", "texts: at most 32 tokens", "prompts: 1",
                "  query: 'find: ' (default)"), lines.subList(0, 7));
        assertTrue(lines.get(7).matches("tensors: \\d+, [0-9,]+ elements, of F32"), lines.get(7));
        assertTrue(lines.contains("  F32 [61, 20]         embeddings.word_embeddings.weight"), lines.toString());
        List<String> token = Cli.run("inspect", TinyModel.golden("odd-token")).lines();
        assertEquals("architecture: bert, for token classification", token.get(1));
        assertEquals("labels: 0 LABEL_0, 1 LABEL_1, 2 LABEL_2, 3 LABEL_3, 4 LABEL_4", token.get(6));
    }

    @Test
    void shouldListTensorsOfAnyType() throws IOException {
        SafetensorsWriter.create().add("quantized", TensorType.F4, List.of(2L, 3L), MemorySegment
                .ofArray(new byte[3])).writeTo(model.resolve("model.safetensors"));
        Files.writeString(model.resolve("config.json"), "{\"model_type\": \"mamba\"}");
        List<String> lines = Cli.run("inspect", model).lines();
        assertEquals("architecture: mamba, for features", lines.get(1));
        assertEquals(List.of("tensors: 1, 6 elements, of F4", "  F4 [2, 3]            quantized"),
                lines.subList(lines.size() - 2, lines.size()));
        assertTrue(Cli.run("inspect", model.resolve("model.safetensors")).succeeded()
                .contains("tensors: 1, 6 elements, 3 bytes"));
    }

    @Test
    void shouldRefuseToInspectAFolderThatIsNoModel() {
        Cli.run("inspect", folder).refused("a model's folder must have a config.json: folder=" + folder);
    }

    // ---------------------------------------------------------------- heatmap

    @Test
    void shouldDrawWhatPiecesAttendTo() throws IOException {
        Path picture = folder.resolve("attention.png");
        Path other = folder.resolve("other.png");
        String text = "the cat sat on the mat";
        assertEquals("bert, layer 1, head 1: drawn to " + picture,
                Cli.run("heatmap", model, text, "--layer", 1, "--head", 1, "-o", picture).succeeded().strip());
        Cli.run("heatmap", model, text, "-o", other).succeeded();
        assertTrue(Files.mismatch(picture, other) >= 0);
        assertTrue(ImageIO.read(picture.toFile()).getWidth() > 8 * 2 * 40, "eight cells of forty points");
    }

    @Test
    void shouldRefuseToDraw() {
        Path picture = folder.resolve("attention.png");
        refused("layer must be from 0 to 1: layer=2", "good", "--layer", 2, "-o", picture);
        refused("head must be from 0 to 1: head=2", "good", "--head", 2, "-o", picture);
        refused("layer must be a number, counted from 0, for an encoder: --layer='co-attention'", "good", "--layer",
                "co-attention", "-o", picture);
        refused("a text is the only sample: --sample=1", "good", "--sample", 1, "-o", picture);
        refused("a text must have from 1 to 32 tokens to be drawn: tokens=42", "a ".repeat(40), "-o", picture);
        refused("a folder's config.json says its settings, --heads and --set are for a layer's weights: folder="
                + model,
                "good", "--heads", 2, "-o", picture);
        assertFalse(Files.exists(picture));
    }

    private void refused(String message, Object... arguments) {
        Object[] all = new Object[arguments.length + 2];
        all[0] = "heatmap";
        all[1] = model;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        Cli.run(all).refused(message);
    }

    // ---------------------------------------------------------------- doctor

    @Test
    void shouldSayWhatWouldRun() {
        String text = Cli.run("doctor", model).out();
        assertTrue(text.contains("model      bert in " + model), text);
        assertTrue(text.contains("answers    vectors, by embed and similar"), text);
        assertTrue(text.contains("results    last_hidden_state, pooler_output, sentence_embedding"), text);
        assertTrue(text.contains("tokenizer  22 tokens"), text);
        assertTrue(text.contains("texts      at most 32 tokens, special ones included"), text);
        assertTrue(text.matches("(?s).*session    [0-9.]+ MB for 64 texts of 32 tokens, [0-9.]+ MB for one of 32.*"),
                text);
    }

    @Test
    void shouldSayWhatIsWrongWithAFolder() throws IOException {
        Files.delete(model.resolve("model.safetensors"));
        Cli doctor = Cli.run("doctor", model);
        assertEquals(2, doctor.exit());
        assertTrue(Cli.run("doctor", folder.resolve("missing")).out()
                .contains("to change: a model must be a folder: folder=" + folder.resolve("missing")));
        assertTrue(doctor.out().lines().toList().getLast().startsWith("to change: a model's folder must have "
                + "model.safetensors or "), doctor.out());
    }
}
