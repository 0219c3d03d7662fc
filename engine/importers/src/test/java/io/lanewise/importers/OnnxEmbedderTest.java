package io.lanewise.importers;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.lanewise.LanewiseException;
import io.lanewise.Tries;
import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;
import io.lanewise.text.TextEmbedder;
import io.lanewise.text.TextOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A model is loaded from where LangChain4j has it, and embeds as the reference does. */
class OnnxEmbedderTest {

    private static final String RESOURCE = "all-minilm-l6-v2.onnx";
    private static final ImportOptions MEAN = ImportOptions.defaults().pooling("mean").normalize(true);
    private static final TextOptions TEXTS = TextOptions.defaults().sessions(1).maxTokens(512);
    private static final double TOLERANCE = 2e-6;
    private static final int LONGEST = Tries.of(100, Integer.MAX_VALUE); // characters of a text

    @TempDir
    private Path folder;

    /** A build leaves long texts to the module text, which has all of them, with the same weights. */
    @Test
    void shouldEmbedByAResourceAsRecorded() throws URISyntaxException {
        List<Json> items = JsonFile
                .settings(Path.of(OnnxEmbedderTest.class.getResource("/encoders/minilm.json").toURI())).get("items")
                .list().stream().filter(item -> item.get("text").text().length() <= LONGEST).toList();
        try (TextEmbedder embedder = OnnxEmbedder.ofResource(OnnxEmbedderTest.class.getClassLoader(), RESOURCE, MEAN,
                TEXTS)) {
            double largest = 0;
            for (Json item : items) {
                float[] vector = embedder.embed(item.get("text").text());
                List<Json> recorded = item.get("vector").list();
                for (int i = 0; i < vector.length; i++) {
                    largest = Math.max(largest, Math.abs(vector[i] - recorded.get(i).number()));
                }
            }
            assertTrue(largest < TOLERANCE, "largest difference: " + largest);
        }
    }

    /** The same bits from a file, a folder that was imported, and a resource; nothing is left where temporary files are. */
    @Test
    void shouldEmbedByAFileAsByAFolder() throws IOException {
        Path file = copy(RESOURCE);
        copy("all-minilm-l6-v2-tokenizer.json");
        Path imported = folder.resolve("imported");
        try (ImportedModel model = OnnxImporter.read(file)) {
            model.writeFolder(imported, MEAN);
        }
        String text = "How do I get my money back?";
        try (TextEmbedder byFile = OnnxEmbedder.load(file, MEAN, TEXTS);
                TextEmbedder byFolder = TextEmbedder.load(imported, TEXTS)) {
            assertArrayEquals(byFolder.embed(text), byFile.embed(text));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(3, files.count());
        }
    }

    private Path copy(String resource) throws IOException {
        try (InputStream in = OnnxEmbedderTest.class.getResourceAsStream("/" + resource)) {
            Files.copy(in, folder.resolve(resource));
        }
        return folder.resolve(resource);
    }

    /** A jar within a jar, as Spring Boot has them, gives streams alone. */
    @Test
    void shouldNotNeedAFile() throws IOException {
        ClassLoader streams = new ClassLoader(null) {
            @Override
            public InputStream getResourceAsStream(String name) {
                return OnnxEmbedderTest.class.getClassLoader().getResourceAsStream(name.replace("nested/", ""));
            }
        };
        try (TextEmbedder embedder = OnnxEmbedder.ofResource(streams, "/nested/" + RESOURCE, MEAN, TEXTS)) {
            assertEquals(384, embedder.embed("one").length);
        }
    }

    @Test
    void shouldNotGuessThePooling() {
        assertRefused("how rows become a sentence's vector must be known", RESOURCE, ImportOptions.defaults());
    }

    @Test
    void shouldSayWhichResourceIsMissing() {
        assertRefused("resource must be on the class path: resource='missing.onnx'", "missing.onnx", MEAN);
    }

    private static void assertRefused(String expected, String resource, ImportOptions options) {
        String message = assertThrows(LanewiseException.class, () -> OnnxEmbedder.ofResource(
                OnnxEmbedderTest.class.getClassLoader(), resource, options, TEXTS)).getMessage();
        assertTrue(message.startsWith(expected), message);
    }
}
