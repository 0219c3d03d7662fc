package io.lanewise.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.lanewise.LanewiseException;
import io.lanewise.text.EmbeddingOptions;
import io.lanewise.text.TextEmbedder;
import io.lanewise.text.TextException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds the lines of a file that are nearest to a query. */
@Command(name = "similar", description = {
        "Finds the lines of a file that are nearest to a query: cosine, number of the line, and the line. Empty lines are "
                + "passed over.",
        ""}, footer = {"", "Examples:", "  lanewise similar all-MiniLM-L6-v2 \"How do I get my money back?\" faq.txt",
                "  lanewise similar e5-small-v2 --prompt query --line-prompt passage --top 3 \"opening hours\" faq.txt"})
final class SimilarCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private FolderOptions model;

    @Parameters(index = "1", paramLabel = "QUERY", description = "What is looked for.")
    private String query;

    @Parameters(index = "2", paramLabel = "FILE", description = {
            "Where it is looked for, a text a line, in UTF-8; - reads standard input."})
    private Path file;

    @Option(names = "--top", paramLabel = "N", defaultValue = "10", description = {
            "How many lines are shown; ${DEFAULT-VALUE} unless given."})
    private int top;

    @Option(names = "--prompt", paramLabel = "NAME", description = {
            "Prompt of the folder that goes before the query; the folder's default unless given."})
    private String prompt;

    @Option(names = "--line-prompt", paramLabel = "NAME", description = {
            "Prompt of the folder that goes before each line; the folder's default unless given."})
    private String linePrompt;

    @Option(names = "--json", description = {
            "Read a JSON string a line, and write a JSON object of score, line and text a line."})
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        if (top < 1) {
            throw new LanewiseException("top must be at least 1: --top=" + top);
        }
        Texts.requireReadable(query);
        try (Lines lines = Lines.of(file);
                TextEmbedder embedder = TextEmbedder.load(model.folder(), model.embedding())) {
            EmbeddingOptions ofLines = EmbeddingOptions.defaults().prompt(linePrompt);
            embedder.dimension(ofLines);
            NearestLines nearest = new NearestLines(embedder.embed(query, EmbeddingOptions.defaults().prompt(prompt)),
                    top);
            Texts.inBatches(lines, TextForm.texts(json), spec.commandLine().getErr(), false,
                    batch -> add(batch, embedder, ofLines, nearest));
            nearest.bestFirst().forEach(this::print);
        }
        return 0;
    }

    private static void add(List<TextOrPair> batch, TextEmbedder embedder, EmbeddingOptions options,
            NearestLines nearest) {
        List<String> texts = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (!batch.get(i).first().isBlank()) {
                texts.add(batch.get(i).first());
                places.add(i);
            }
        }
        float[][] vectors = vectors(embedder, texts, options, places);
        for (int i = 0; i < vectors.length; i++) {
            nearest.add(places.get(i), texts.get(i), vectors[i]);
        }
        nearest.pass(batch.size());
    }

    private static float[][] vectors(TextEmbedder embedder, List<String> texts, EmbeddingOptions options,
            List<Integer> places) {
        try {
            return embedder.embed(texts, options);
        } catch (TextException wrong) {
            throw wrong.in("lines", places.get(wrong.index()));
        }
    }

    private void print(NearestLines.Line line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json
                ? JsonLine.of(json -> {
                    json.beginObject();
                    JsonLine.write(json.name("score"), line.cosine());
                    json.name("line").value(line.number());
                    json.name("text").value(line.text());
                    json.endObject();
                })
                : String.format(Locale.ROOT, "%7.4f  %6d  %s", line.cosine(), line.number(),
                        Visible.text(line.text())));
    }
}
