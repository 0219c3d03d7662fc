package io.lanewise.tokenizers;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.lanewise.json.Json;

/**
 * Records what texts the reference makes of some of the recorded ids, special tokens in them and left out:
 * {@code mvn -q -Pparity -Dparity.command="DecodedTexts src/test/resources/tokenizers/decoded.jsonl.gz"}.
 */
final class DecodedTexts {

    private static final int EVERY = 41;
    private static final Map<String, String> OPTIONS = Map.of("truncation", "false", "padding", "false");

    private DecodedTexts() {}

    /**
     * Writes a line for each tokenizer: {@code {"name": …, "texts": [[line of open.jsonl, with, without], …]}}.
     *
     * @param arguments the file to write, {@code decoded.jsonl.gz}
     */
    public static void main(String[] arguments) throws IOException {
        try (Writer writer = new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(Path.of(arguments[0]))),
                StandardCharsets.US_ASCII)) {
            for (String name : GoldenTokens.names("expected")) {
                StringBuilder line = new StringBuilder();
                JsonText.write(Map.of("name", name, "texts", texts(name)), line);
                writer.append(line).append('\n');
            }
        }
    }

    private static List<Object> texts(String name) throws IOException {
        List<Object> texts = new ArrayList<>();
        List<Json> encodings = GoldenTokens.read("expected/" + name + ".jsonl.gz");
        try (HuggingFaceTokenizer reference = HuggingFaceTokenizer.newInstance(GoldenTokens.file(name), OPTIONS)) {
            for (int line = 0; line < encodings.size(); line += EVERY) {
                if (encodings.get(line).has("ids")) {
                    long[] ids = GoldenTokens.numbers(encodings.get(line).get("ids")).stream()
                            .mapToLong(Integer::longValue).toArray();
                    texts.add(List.of(line, reference.decode(ids, false), reference.decode(ids, true)));
                }
            }
        }
        return texts;
    }
}
