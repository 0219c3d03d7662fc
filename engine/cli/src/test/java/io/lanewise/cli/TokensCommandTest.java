package io.lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The command {@code tokens}. */
@Isolated("standard input is the JVM's")
class TokensCommandTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeATokenizer() throws IOException {
        file = folder.resolve("tokenizer.json");
        Files.writeString(file, """
                {"version": "1.0", "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "post_processor": {"type": "BertProcessing", "cls": ["[CLS]", 1], "sep": ["[SEP]", 2]},
                 "added_tokens": [{"id": 2, "content": "[SEP]", "single_word": false, "lstrip": false, "rstrip": false,
                  "normalized": false, "special": true}],
                 "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100,
                  "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "good": 3, "##bye": 4, "day": 5}}}""");
    }

    @Test
    void shouldShowPiecesIdsAndSpans() {
        assertEquals("""
                [CLS]         1
                good          3      0-4     Good
                ##bye         4      4-7     bye
                [UNK]         0      8-10    😀
                [SEP]         2

                """, Cli.run("tokens", folder, "Goodbye 😀").succeeded().replace(System.lineSeparator(), "\n"));
    }

    @Test
    void shouldReadAndWriteJsonLines() {
        String written = Cli.runOn("\"Goodbye\"\n[\"day\", \"\\ud83d\\ude00\"]\n", "tokens", file, "--json", "-")
                .succeeded();
        assertEquals("""
                {"ids":[1,3,4,2],"types":[0,0,0,0],"spans":[null,[0,4],[4,7],null],"special":[1,0,0,1]}
                {"ids":[1,5,2,0,2],"types":[0,0,0,1,1],"spans":[null,[0,3],null,[0,2],null],"special":[1,0,1,0,1]}
                """, written.replace(System.lineSeparator(), "\n"));
    }

    @Test
    void shouldCutAndLeaveOutSpecialTokens() {
        String bare = Cli.run("tokens", file, "--json", "--no-special", "--max-length", 2, "good day good").succeeded();
        assertEquals("{\"ids\":[3,5],\"types\":[0,0],\"spans\":[[0,4],[5,8]],\"special\":[0,0]}", bare.strip());
        String pair = Cli.runOn("[\"good day\", \"day day day\"]", "tokens", file, "--json", "--max-length", 6,
                "--truncation", "only_second").succeeded();
        assertEquals("{\"ids\":[1,3,5,2,5,2],\"types\":[0,0,0,0,1,1],\"spans\":[null,[0,4],[5,8],null,[0,3],null],"
                + "\"special\":[1,0,0,1,0,1]}", pair.strip());
    }

    @Test
    void shouldTakeSpecialTokensAsTextIfAsked() {
        assertEquals("{\"ids\":[1,0,2],\"types\":[0,0,0],\"spans\":[null,[0,5],null],\"special\":[1,0,1]}",
                Cli.run("tokens", file, "--json", "--plain", "[SEP]").succeeded().strip());
    }

    @Test
    void shouldReportMistakesOnOneLine() {
        Path missing = folder.resolve("missing");
        Cli.run("tokens", missing, "text").refused("file or folder must exist: path=" + missing);
        Cli.run("tokens", file, "--truncation", "only_first", "text")
                .refused("--truncation must come with --max-length: --truncation=only_first");
        Cli.run("tokens", file, "--max-length", 1, "text").refused(
                "truncation must leave room for the special tokens: maxLength=1, special tokens=2");
        Cli.runOn("{\"a\": 1}", "tokens", file, "--json").refused(
                "a line must be a JSON string or a list of two: line=1: $ must be an array: found an object");
    }
}
