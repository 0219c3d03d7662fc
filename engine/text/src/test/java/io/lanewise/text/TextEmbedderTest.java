package io.lanewise.text;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.lanewise.LanewiseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

/** What an embedder can be asked for, and what it makes of long texts. */
class TextEmbedderTest {

    private static final int SPECIAL = 2;

    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        TinyModel.embedder(folder);
    }

    private TextEmbedder load(TextOptions options) {
        return TextEmbedder.load(folder, options);
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrowsExactly(LanewiseException.class, call).getMessage());
    }

    // ---------------------------------------------------------------- prompts

    @Test
    void shouldRefuseAPromptThatIsNotToBePooled() {
        TinyModel.put(folder, "1_Pooling/config.json",
                "{\"pooling_mode_mean_tokens\": true, \"include_prompt\": false}");
        TinyModel.put(folder, "config_sentence_transformers.json",
                "{\"prompts\": {\"query\": \"w1 w2: \", \"document\": \"\"}}");
        try (TextEmbedder embedder = load(TextOptions.defaults())) {
            EmbeddingOptions options = EmbeddingOptions.defaults();
            assertArrayEquals(embedder.embed("w3"), embedder.embed("w3", options.prompt("document")));
            assertRefused("a prompt must be pooled with its text, texts can be embedded without one: "
                    + "include_prompt=false, folder=" + folder, () -> embedder.embed("w3", options.prompt("query")));
        }
    }

    // ---------------------------------------------------------------- long texts

    @Test
    void shouldCutWhereItIsTold() {
        try (TextEmbedder whole = load(TextOptions.defaults());
                TextEmbedder cut = load(TextOptions.defaults().maxTokens(7))) {
            assertEquals(TinyModel.PLACES, whole.maxTokens());
            assertEquals(7, cut.maxTokens());
            assertEquals(20 + SPECIAL, cut.tokens(TinyModel.words(0, 20)));
            assertArrayEquals(whole.embed(TinyModel.words(0, 5)), cut.embed(TinyModel.words(0, 20)));
            assertArrayEquals(cut.embed(TinyModel.words(0, 20)), cut.embed(List.of(TinyModel.words(0, 20)))[0]);
        }
    }

    @Test
    void shouldTakeTheLimitOfTheNearestFile() {
        TinyModel.put(folder, "tokenizer_config.json", "{\"model_max_length\": 11}");
        try (TextEmbedder embedder = load(TextOptions.defaults())) {
            assertEquals(11, embedder.maxTokens());
        }
        TinyModel.put(folder, "sentence_bert_config.json", "{\"max_seq_length\": 9}");
        try (TextEmbedder embedder = load(TextOptions.defaults())) {
            assertEquals(9, embedder.maxTokens());
        }
        TinyModel.put(folder, "sentence_bert_config.json", "{\"max_seq_length\": 9000}");
        try (TextEmbedder embedder = load(TextOptions.defaults())) {
            assertEquals(TinyModel.PLACES, embedder.maxTokens(), "the table has no more rows");
        }
    }

    /** REPORTS A6: what stands for no limit at all is none. */
    @Test
    void shouldNotTakeALimitThatIsNone() {
        TinyModel.put(folder, "tokenizer_config.json", "{\"model_max_length\": 1000000000000000019884624838656}");
        try (TextEmbedder embedder = load(TextOptions.defaults())) {
            assertEquals(TinyModel.PLACES, embedder.maxTokens());
            embedder.embed(TinyModel.words(0, 5_000));
        }
    }

    @Test
    void shouldRefuseLongTextsIfAsked() {
        try (TextEmbedder embedder = load(TextOptions.defaults().maxTokens(7).longTexts(LongTexts.REFUSE))) {
            assertRefused("a text must have at most 7 tokens: tokens=8", () -> embedder.embed(TinyModel.words(0, 6)));
            embedder.embed(TinyModel.words(0, 5));
        }
        assertRefused("maxTokens must leave room for a token between special ones: maxTokens=2, least=3",
                () -> load(TextOptions.defaults().maxTokens(2)));
    }

    /** Vectors of windows, each as often as it has tokens of the text, then of length 1 again. */
    @Test
    void shouldAverageWindows() {
        try (TextEmbedder embedder = load(TextOptions.defaults().maxTokens(7).longTexts(LongTexts.AVERAGE))) {
            float[][] windows = {embedder.embed(TinyModel.words(0, 5)), embedder.embed(TinyModel.words(5, 5)),
                    embedder.embed(TinyModel.words(10, 2))};
            double[] sum = new double[embedder.dimension()];
            for (int i = 0; i < sum.length; i++) {
                sum[i] = 5.0 * windows[0][i] + 5.0 * windows[1][i] + 2.0 * windows[2][i];
            }
            double length = Math.sqrt(Arrays.stream(sum).map(number -> number * number).sum());
            float[] average = embedder.embed(TinyModel.words(0, 12));
            for (int i = 0; i < sum.length; i++) {
                assertEquals(sum[i] / length, average[i], 1e-7, "[" + i + "]");
            }
            TextCounters before = embedder.counters();
            assertArrayEquals(average, embedder.embed(List.of("w1", TinyModel.words(0, 12)))[1]);
            assertEquals(before.calls() + 1, embedder.counters().calls());
            assertEquals(before.texts() + 4, embedder.counters().texts());
        }
    }

    // ---------------------------------------------------------------- prompts

    @Test
    void shouldWriteThePromptThatIsAskedFor() {
        TinyModel.put(folder, "config_sentence_transformers.json",
                "{\"prompts\": {\"query\": \"w1 w2 \", \"document\": \"w3 \"}, \"default_prompt_name\": \"document\"}");
        EmbeddingOptions query = EmbeddingOptions.defaults().prompt("query");
        try (TextEmbedder embedder = load(TextOptions.defaults())) {
            assertEquals(Set.of("query", "document"), embedder.prompts());
            float[] asked = embedder.embed("w7", query);
            assertFalse(Arrays.equals(asked, embedder.embed("w7")));
            assertArrayEquals(asked, embedder.embed(List.of("w5", "w7"), query)[1]);
            assertRefused("prompt must be one of [query, document]: prompt='other'",
                    () -> embedder.embed("w7", EmbeddingOptions.defaults().prompt("other")));
            TinyModel.put(folder, "config_sentence_transformers.json", "{}");
            try (TextEmbedder plain = load(TextOptions.defaults())) {
                assertArrayEquals(plain.embed("w1 w2 w7"), asked);
                assertArrayEquals(plain.embed("w3 w7"), embedder.embed("w7"), "the default prompt");
            }
        }
    }

    // ---------------------------------------------------------------- dimensions

    @Test
    void shouldKeepTheFirstNumbersAndTheLength() {
        try (TextEmbedder embedder = load(TextOptions.defaults())) {
            float[] whole = embedder.embed("w1 w2");
            float[] kept = embedder.embed("w1 w2", EmbeddingOptions.defaults().dimensions(4));
            assertEquals(4, kept.length);
            double length = Math
                    .sqrt(whole[0] * whole[0] + whole[1] * whole[1] + whole[2] * whole[2] + whole[3] * whole[3]);
            for (int i = 0; i < 4; i++) {
                assertEquals(whole[i] / length, kept[i], 1e-6);
            }
            assertArrayEquals(whole,
                    embedder.embed("w1 w2", EmbeddingOptions.defaults().dimensions(TinyModel.FEATURES)));
            assertRefused("dimensions must be at most 16: dimensions=17",
                    () -> embedder.embed("w1", EmbeddingOptions.defaults().dimensions(17)));
            assertRefused("dimensions must not be negative: dimensions=-1",
                    () -> EmbeddingOptions.defaults().dimensions(-1));
        }
    }

    /** Computing a list for nothing may take minutes. */
    @Test
    void shouldRefuseDimensionsBeforeItComputes() {
        EmbeddingOptions tooMany = EmbeddingOptions.defaults().dimensions(17);
        for (LongTexts longTexts : List.of(LongTexts.TRUNCATE, LongTexts.AVERAGE)) {
            try (TextEmbedder embedder = load(TextOptions.defaults().longTexts(longTexts))) {
                assertRefused("dimensions must be at most 16: dimensions=17", () -> embedder.embed("w1", tooMany));
                assertRefused("dimensions must be at most 16: dimensions=17",
                        () -> embedder.embed(List.of("w1", "w2"), tooMany));
                assertEquals(0, embedder.counters().runs());
            }
        }
    }

    /** REPORTS A11: vectors of a model that does not norm them are left as long as they are, also when they are cut. */
    @Test
    void shouldNotNormWhatTheModelDoesNot() {
        TinyModel.put(folder, "modules.json",
                "[{\"path\": \"\", \"type\": \"x.Transformer\"}, {\"path\": \"1_Pooling\", \"type\": \"x.Pooling\"}]");
        try (TextEmbedder embedder = load(TextOptions.defaults())) {
            float[] whole = embedder.embed("w1 w2");
            double squares = 0;
            for (float number : whole) {
                squares += number * number;
            }
            assertFalse(Math.abs(squares - 1) < 0.1, "squares=" + squares);
            assertArrayEquals(Arrays.copyOf(whole, 4),
                    embedder.embed("w1 w2", EmbeddingOptions.defaults().dimensions(4)));
        }
    }

    // ---------------------------------------------------------------- texts

    @Test
    void shouldStripTextsAndTakeEmptyOnes() {
        try (TextEmbedder embedder = load(TextOptions.defaults())) {
            assertArrayEquals(embedder.embed("w1"), embedder.embed(" \n\tw1\u00a0 "));
            assertEquals(TinyModel.FEATURES, embedder.embed("").length);
            assertEquals(0, embedder.embed(List.of()).length);
            assertThrowsExactly(NullPointerException.class, () -> embedder.embed((String) null));
            embedder.embed("w2"); // as usable as before
        }
    }

    // ---------------------------------------------------------------- folders

    /** REPORTS A8: another model's tokenizer is noticed at once, and not at the first rare word. */
    @Test
    void shouldRefuseATokenizerWithMoreTokensThanRows() {
        TinyModel.embedder(folder, 44);
        assertRefused("a tokenizer must not have more tokens than its model has rows: tokens=45 (tokenizer.json), "
                + "rows=44 (weights), folder=" + folder, () -> load(TextOptions.defaults()));
    }

    @Test
    void shouldTakeATableWithMoreRowsThanTokens() {
        TinyModel.embedder(folder, 64);
        load(TextOptions.defaults()).close();
    }

    @Test
    void shouldRefuseWhatTheFolderIsNotFor() {
        LanewiseException refused = assertThrowsExactly(LanewiseException.class, () -> CrossEncoder.load(folder));
        assertEquals("the folder must have scores: it has [last_hidden_state, sentence_embedding], folder="
                + folder, refused.getMessage());
        assertRefused("the folder must have logits: it has [last_hidden_state, sentence_embedding], folder="
                + folder, () -> TextClassifier.load(folder));
    }
}
