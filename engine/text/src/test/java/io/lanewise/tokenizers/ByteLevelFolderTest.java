package io.lanewise.tokenizers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Folders with {@code vocab.json} and {@code merges.txt}: as the {@code tokenizer.json} that the reference makes of them. */
class ByteLevelFolderTest {

    @TempDir
    private Path folder;

    /** Writes a tokenizer's model as it was before there was one file. */
    private void write(String name, String config) throws IOException {
        Json model = JsonFile.settings(GoldenTokens.root().resolve("tiny").resolve(name + ".json")).get("model");
        StringBuilder vocabulary = new StringBuilder();
        JsonText.write(model.get("vocab").members().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey(), entry -> entry.getValue().value())), vocabulary);
        Files.writeString(folder.resolve("vocab.json"), vocabulary);
        Files.writeString(folder.resolve("merges.txt"), model.get("merges").list().stream()
                .map(ByteLevelFolderTest::line).collect(Collectors.joining("\n", "#version: 0.2\n", "\n")));
        Files.writeString(folder.resolve("tokenizer_config.json"), config);
    }

    private static String line(Json merge) {
        return merge.isText() ? merge.text() : merge.list().stream().map(Json::text).collect(Collectors.joining(" "));
    }

    private void requireEncodings(String name) {
        Tokenizer made = Tokenizer.load(folder);
        Tokenizer right = GoldenTokens.tokenizer(name);
        for (String text : GoldenTokens.texts()) {
            assertArrayEquals(right.ids(text), made.ids(text), text);
            assertEquals(GoldenTokens.codePointSpans(right.encode(text), text),
                    GoldenTokens.codePointSpans(made.encode(text), text), text);
        }
        for (GoldenTokens.TextPair pair : GoldenTokens.pairs()) {
            Encoding expected = right.encode(pair.first(), pair.second());
            Encoding encoding = made.encode(pair.first(), pair.second());
            assertArrayEquals(expected.ids(), encoding.ids());
            assertArrayEquals(expected.types(), encoding.types());
        }
    }

    @Test
    void shouldMakeRobertasTokenizer() throws IOException {
        write("bl-prefix-trim-roberta", "{\"tokenizer_class\": \"RobertaTokenizer\", \"add_prefix_space\": true}");
        requireEncodings("bl-prefix-trim-roberta");
    }

    @Test
    void shouldTellRobertasTokenizerByItsVocabulary() throws IOException {
        write("bl-prefix-trim-roberta", "{\"add_prefix_space\": true}");
        requireEncodings("bl-prefix-trim-roberta");
    }

    /** Without the space in front, what differs is the first word of a text alone. */
    @Test
    void shouldMakeRobertasTokenizerWithoutASpaceInFront() throws IOException {
        write("bl-prefix-trim-roberta", "{\"tokenizer_class\": \"RobertaTokenizerFast\", \"model_max_length\": 512}");
        Tokenizer made = Tokenizer.load(folder);
        Tokenizer right = GoldenTokens.tokenizer("bl-noprefix-notrim-roberta");
        for (String text : GoldenTokens.texts()) {
            assertEquals(GoldenTokens.ids(right.encode(text)), GoldenTokens.ids(made.encode(text)), text);
        }
        assertEquals(512, made.maxLength().orElseThrow());
    }

    /** GPT-2 puts nothing around a text. */
    @Test
    void shouldMakeGpt2sTokenizer() throws IOException {
        write("bl-noprefix-notrim-roberta", "{\"tokenizer_class\": \"GPT2Tokenizer\"}");
        Tokenizer made = Tokenizer.load(folder);
        assertEquals(0, made.addedTokens(false));
        assertEquals(List.of("the", "Ġthe"), made.encode("the the").pieces());
        assertEquals("the the", made.decode(made.ids("the the")));
    }

    @Test
    void shouldRefuseOtherClasses() throws IOException {
        write("bl-noprefix-notrim-roberta", "{\"tokenizer_class\": \"CLIPTokenizer\"}");
        assertEquals("tokenizer_class must be RoBERTa's or GPT-2's where there is no tokenizer.json: "
                + "tokenizer_class='CLIPTokenizer'; save the tokenizer with transformers, which writes a tokenizer.json",
                assertThrows(LanewiseException.class, () -> Tokenizer.load(folder)).getMessage());
    }
}
