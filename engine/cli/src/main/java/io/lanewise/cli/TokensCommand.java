package io.lanewise.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import com.google.gson.stream.JsonWriter;
import io.lanewise.LanewiseException;
import io.lanewise.tokenizers.Encoding;
import io.lanewise.tokenizers.EncodingOptions;
import io.lanewise.tokenizers.Span;
import io.lanewise.tokenizers.Tokenizer;
import io.lanewise.tokenizers.Truncation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the tokens of texts. */
@Command(name = "tokens", description = {
        "Shows the tokens of texts: pieces, ids, and the span of the text that each came "
                + "from, in UTF-16 units.",
        ""}, footer = {"", "Examples:",
                "  lanewise tokens all-MiniLM-L6-v2 \"How do I get my money back?\"",
                "  lanewise tokens tokenizer.json --json - < texts.jsonl"})
final class TokensCommand implements Callable<Integer> {

    private static final int PIECE_CHARACTERS = 40;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FOLDER|FILE", description = "A model's folder, or a tokenizer.json.")
    private Path path;

    @Parameters(index = "1..*", paramLabel = "TEXT", description = {
            "Texts; - or none at all reads standard input, one a line."})
    private List<String> texts = List.of();

    @Option(names = "--no-special", description = "Add no special tokens.")
    private boolean noSpecial;

    @Option(names = "--plain", description = "Take special tokens that are written in a text as plain text.")
    private boolean plain;

    @Option(names = "--max-length", paramLabel = "N", description = "Cut to so many tokens, special ones included.")
    private Integer maxLength;

    @Option(names = "--truncation", paramLabel = "WHICH", description = {
            "Which of two texts is cut: longest_first (default), only_first or only_second."})
    private Truncation.Strategy strategy;

    @Option(names = "--json", description = {
            "Read a JSON string a line, or a list of two for a pair, and write a JSON object a line."})
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        EncodingOptions options = options();
        Tokenizer tokenizer = FolderTokenizer.load(path);
        PrintWriter out = spec.commandLine().getOut();
        Texts.forEach(texts, TextForm.textsOrPairs(json), text -> {
            Encoding encoding = text.second() == null
                    ? tokenizer.encode(text.first(), options)
                    : tokenizer.encode(text.first(), text.second(), options);
            out.println(json ? json(encoding) : table(encoding, text));
        });
        return 0;
    }

    private EncodingOptions options() {
        if (strategy != null && maxLength == null) {
            throw new LanewiseException("--truncation must come with --max-length: --truncation="
                    + Converters.word(strategy));
        }
        EncodingOptions options = EncodingOptions.defaults().specialTokens(!noSpecial).specialTokensAsText(plain);
        if (maxLength == null) {
            return options;
        }
        Truncation truncation = Truncation.to(maxLength);
        return options.truncation(strategy == null ? truncation : truncation.strategy(strategy));
    }

    // ---------------------------------------------------------------- for machines

    private static String json(Encoding encoding) {
        return JsonLine.of(json -> {
            json.beginObject();
            write(json.name("ids"), encoding.ids());
            write(json.name("types"), encoding.types());
            json.name("spans").beginArray();
            for (int token = 0; token < encoding.length(); token++) {
                write(json, encoding.span(token));
            }
            json.endArray();
            json.name("special").beginArray();
            for (int token = 0; token < encoding.length(); token++) {
                json.value(encoding.isSpecial(token) ? 1 : 0);
            }
            json.endArray();
            json.endObject();
        });
    }

    private static void write(JsonWriter json, int[] numbers) throws IOException {
        json.beginArray();
        for (int number : numbers) {
            json.value(number);
        }
        json.endArray();
    }

    private static void write(JsonWriter json, Span span) throws IOException {
        if (span == null) {
            json.nullValue();
        } else {
            write(json, new int[]{span.start(), span.end()});
        }
    }

    // ---------------------------------------------------------------- for people

    private static String table(Encoding encoding, TextOrPair text) {
        StringBuilder table = new StringBuilder();
        int width = encoding.pieces().stream().mapToInt(piece -> visible(piece).length()).max().orElse(0);
        for (int token = 0; token < encoding.length(); token++) {
            Span span = encoding.span(token);
            table.append(String.format(Locale.ROOT, "%-" + (width + 2) + "s%8d", visible(encoding.piece(token)),
                    encoding.id(token)));
            if (span != null) {
                String source = encoding.source(token) == 0 ? text.first() : text.second();
                table.append(String.format(Locale.ROOT, "  %5d-%-5d %s", span.start(), span.end(),
                        visible(source.substring(span.start(), Math.max(span.start(), span.end())))));
            }
            table.append(System.lineSeparator());
        }
        return table.toString();
    }

    private static String visible(String text) {
        return text == null ? "" : LanewiseException.shorten(text, PIECE_CHARACTERS);
    }
}
