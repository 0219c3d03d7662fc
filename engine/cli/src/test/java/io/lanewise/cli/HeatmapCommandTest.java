package io.lanewise.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

import io.lanewise.Inputs;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.weights.SafetensorsWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code lanewise heatmap} from files to a picture. */
class HeatmapCommandTest {

    private static final int LARGEST = 0xFDE725;
    private static final int ZERO = 0x440154;
    private static final int HATCH = 0x8A8F98;

    @TempDir
    private Path folder;
    private Path weights;
    private Path picture;

    /** Without weights of its own the layer attends as its inputs say. */
    @BeforeEach
    void writeWeights() {
        picture = folder.resolve("attention.png");
        weights = folder.resolve("weights.safetensors");
        SafetensorsWriter.create().metadata("layer", "masked-scaled-dot-product-attention").metadata("hidden", "1")
                .metadata("scale", "1").writeTo(weights);
    }

    @Test
    void shouldColourWeightsFromNothingToTheLargest() throws IOException {
        BufferedImage image = draw(2);
        int cell = count(image, LARGEST);
        assertTrue(cell > 1000, "pixels of the two cells with all the weight: " + cell);
        assertEquals(cell, count(image, ZERO), cell / 10.0);
        assertEquals(0, count(image, HATCH));
    }

    @Test
    void shouldHatchPadding() throws IOException {
        BufferedImage image = draw(1);
        assertTrue(count(image, HATCH) > 100);
        assertEquals(0, count(image, ZERO) / 1000, "the other key is padding");
    }

    /** Two queries that attend to the first of two keys alone. */
    private BufferedImage draw(int validKeys) throws IOException {
        Path input = folder.resolve("input.safetensors");
        SafetensorsWriter.create().addFloats("query", List.of(1L, 2L, 1L), new float[]{1, 1})
                .addFloats("key", List.of(1L, 2L, 1L), new float[]{200, -200})
                .addLongs("key_lengths", List.of(1L), new long[]{validKeys})
                .addFloats("value", List.of(1L, 2L, 1L), new float[]{1, 1}).writeTo(input);
        String line = Cli.run("heatmap", weights, input, "-o", picture).succeeded();
        assertEquals("masked-scaled-dot-product-attention, sample 0: drawn to " + picture, line.strip());
        return ImageIO.read(picture.toFile());
    }

    private static int count(BufferedImage image, int colour) {
        int count = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                count += (image.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void shouldDrawBothDirectionsSideBySide() throws IOException {
        Golden one = Golden.of("lanes/self-attention");
        Golden two = Golden.of("lanes/co-attention");
        Cli.run("heatmap", one.weights(), one.input(), "-o", picture, "--sample", "1").succeeded();
        int width = ImageIO.read(picture.toFile()).getWidth();
        Cli.run("heatmap", two.weights(), two.input(), "-o", picture, "--sample", "1").succeeded();
        assertTrue(ImageIO.read(picture.toFile()).getWidth() > width * 1.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multi-head-attention", "masked-multi-head-attention", "soft-knn-heads",
            "self-transformer-layer"})
    void shouldDrawTheHeadThatIsAskedFor(String kind) throws IOException {
        Golden golden = Golden.of("lanes/" + kind);
        Path other = folder.resolve("other.png");
        Cli.run("heatmap", golden.weights(), golden.input(), "-o", picture).succeeded();
        Cli.run("heatmap", golden.weights(), golden.input(), "-o", other, "--head", "1").succeeded();
        assertFalse(Files.mismatch(picture, other) < 0);
    }

    @Test
    void shouldRefuseWhatIsNotThere() {
        Golden golden = Golden.of("lanes/masked-multi-head-attention");
        refused(golden, "head must be from 0 to 3: head=4", "--head", "4");
        refused(golden, "head must be from 0 to 3: head=-1", "--head", "-1");
        refused(golden, "sample must be from 0 to 2: sample=3", "--sample", "3");
        refused(Golden.of("lanes/position-wise-feed-forward"),
                "layer must have an attention map to be drawn: layer=position-wise-feed-forward");
    }

    private void refused(Golden golden, String message, String... options) {
        Object[] arguments = new Object[5 + options.length];
        System.arraycopy(new Object[]{"heatmap", golden.weights(), golden.input(), "-o", picture}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        Cli.run(arguments).refused(message);
        assertFalse(Files.exists(picture));
    }

    // ---------------------------------------------------------------- HGA

    @Test
    void shouldDrawAStageThatIsAMap() throws IOException {
        Golden golden = Golden.ofHga("count-gru-coattn");
        String line = Cli.run("heatmap", golden.weights(), golden.input(), "-o", picture, "--map", "adjacency",
                "--sample", "3").succeeded();
        assertEquals("hga, sample 3: drawn to " + picture, line.strip());
        assertTrue(count(ImageIO.read(picture.toFile()), LARGEST) > 0);
    }

    /** Questions have five sequences a sample, and the video that they share has one. */
    @Test
    void shouldDrawMapsOfCandidatesBesideThoseTheyShare() throws IOException {
        Golden golden = Golden.ofHga("trans-lstm-bi-self-coattn");
        Cli.run("heatmap", golden.weights(), golden.input(), "-o", picture, "--sample", "7").succeeded();
        assertTrue(ImageIO.read(picture.toFile()).getWidth() > 0);
        List<AttentionMap> all = maps(List.of(), 7);
        assertEquals(List.of("self_attention_q.0", "self_attention_v.0", "attention_q.0", "attention_v.0"),
                all.stream().map(AttentionMap::name).toList());
        for (AttentionMap map : all) {
            int sequence = map.name().equals("self_attention_v.0") ? 1 : 7;
            AttentionMap alone = maps(List.of(map.name()), sequence).getFirst();
            assertArrayEquals(alone.weights(), map.weights(), map.name());
            assertArrayEquals(alone.queries().padding(), map.queries().padding(), map.name());
            assertArrayEquals(alone.keys().padding(), map.keys().padding(), map.name());
        }
    }

    private static List<AttentionMap> maps(List<String> names, int sample) {
        Golden golden = Golden.ofHga("trans-lstm-bi-self-coattn");
        Inputs inputs = Inputs.load(golden.input());
        try (Model model = Model.load(golden.weights())) {
            AttentionMaps chosen = AttentionMaps.of(model, inputs, names, sample, 0);
            try (Session session = model.newSession(chosen.options(SessionOptions.defaults(), model))) {
                return chosen.read(session.run(inputs));
            }
        }
    }

    @Test
    void shouldRefuseCandidatesAndMapsThatAreNotThere() {
        Golden golden = Golden.ofHga("trans-lstm-bi-self-coattn");
        refused(golden, "sample must be from 0 to 9: sample=10", "--sample", "10");
        refused(golden, "sample must be from 0 to 1: sample=2", "--map", "self_attention_v.0", "--sample", "2");
        refused(golden, "map must be one of [self_attention_q.0, self_attention_v.0, attention_q.0, attention_v.0, "
                + "adjacency]: layer=hga, map='nothing'", "--map", "nothing");
    }

    @Test
    void shouldRefuseToDrawMoreThanAPictureHolds() {
        Path input = folder.resolve("input.safetensors");
        SafetensorsWriter.create().addFloats("query", List.of(1L, 1L, 1L), new float[1])
                .addFloats("key", List.of(1L, 1001L, 1L), new float[1001])
                .addFloats("value", List.of(1L, 1001L, 1L), new float[1001]).writeTo(input);
        Cli.run("heatmap", weights, input, "-o", picture)
                .refused("attention must be over at most 1000 rows to be drawn: key has 1001");
    }
}
