package io.lanewise.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import io.lanewise.LanewiseException;
import io.lanewise.text.EmbeddingOptions;
import io.lanewise.text.TextEmbedder;
import io.lanewise.weights.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes vectors of texts. */
@Command(name = "embed", description = {"Makes a vector of each text, as sentence-transformers does.", "",
        "Vectors are written to standard output as they are made, a JSON list of numbers a line, or to a file.",
        ""}, footer = {"", "Examples:", "  lanewise embed all-MiniLM-L6-v2 \"How do I get my money back?\"",
                "  lanewise embed e5-small-v2 --prompt query - < questions.txt",
                "  lanewise embed all-MiniLM-L6-v2 -o vectors.npy < lines.txt",
                "  lanewise embed all-MiniLM-L6-v2 --json -o vectors.safetensors < texts.jsonl"})
final class EmbedCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private FolderOptions model;

    @Parameters(index = "1..*", paramLabel = "TEXT", description = {
            "Texts; - or none at all reads standard input, one a line."})
    private List<String> texts = List.of();

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = {
            "File to write: FILE.npy, or FILE.safetensors with the tensor 'embeddings'; F32 [texts, dimensions]. Replaced "
                    + "as a whole, or not at all if anything fails."})
    private Path output;

    @Option(names = "--prompt", paramLabel = "NAME", description = {
            "Prompt of the folder that goes before each text, such as query; the folder's default unless given."})
    private String prompt;

    @Option(names = "--dimensions", paramLabel = "N", defaultValue = "0", description = {
            "Keep so many of the first numbers, for models that were trained for it."})
    private int dimensions;

    @Option(names = "--json", description = "Read a JSON string a line.")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        EmbeddingOptions options = new EmbeddingOptions(prompt, dimensions);
        VectorFormat format = output == null ? null : VectorFormat.of(output);
        if (output != null) {
            OutputPath.require(output, model.folder());
        }
        try (TextEmbedder embedder = TextEmbedder.load(model.folder(), model.embedding())) {
            int numbers = embedder.dimension(options);
            if (output == null) {
                embed(embedder, options, this::print);
            } else {
                new AtomicFile(output).write(file -> write(file, format, numbers, embedder, options));
            }
        }
        return 0;
    }

    private void embed(TextEmbedder embedder, EmbeddingOptions options, Consumer<float[][]> action) {
        Texts.inBatches(texts, TextForm.texts(json), spec.commandLine().getErr(), output == null,
                batch -> action.accept(embedder.embed(batch.stream().map(TextOrPair::first).toList(), options)));
    }

    private void print(float[][] vectors) {
        PrintWriter out = spec.commandLine().getOut();
        for (float[] vector : vectors) {
            out.println(JsonLine.of(vector));
        }
    }

    private void write(SeekableByteChannel file, VectorFormat format, int numbers, TextEmbedder embedder,
            EmbeddingOptions options) throws IOException {
        VectorFile vectors = new VectorFile(file, format, numbers);
        try {
            embed(embedder, options, vectors::add);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        vectors.finish();
        spec.commandLine().getOut().println(LanewiseException.shorten("%s: %d texts, %d numbers each, written to %s"
                .formatted(model.folder(), vectors.rows(), numbers, output), Integer.MAX_VALUE));
    }
}
