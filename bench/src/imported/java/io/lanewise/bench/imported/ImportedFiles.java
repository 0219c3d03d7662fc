package io.lanewise.bench.imported;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import ai.onnxruntime.OrtException;
import io.lanewise.LanewiseException;
import io.lanewise.importers.ImportOptions;
import io.lanewise.importers.ImportedModel;
import io.lanewise.importers.OnnxImporter;
import io.lanewise.text.TextEmbedder;
import io.lanewise.text.TextOptions;
import io.lanewise.tokenizers.Tokenizer;

/**
 * Imports the files of LangChain4j's embedding artifacts, and what ONNX Runtime's optimizer makes of them, and compares vectors with
 * ONNX Runtime's own on the same ids; then likewise families and heads that no artifact has, in graphs with made-up weights. Exits with
 * 1 if a vector of floats differs by 2e-6 or more anywhere.
 */
public final class ImportedFiles {

    private static final double ALLOWED = 2e-6;
    private static final int MOST_TOKENS = 512;
    private static final List<String> SENTENCES = List.of("english", "mixed");

    /**
     * A file of an artifact.
     *
     * @param original the file of floats that this one's whole numbers were made of; null if it has floats itself
     */
    private record Case(String name, boolean isMean, String original) {}

    private static final List<Case> CASES = List.of(new Case("all-minilm-l6-v2", true, null),
            new Case("all-minilm-l6-v2-q", true, "all-minilm-l6-v2"), new Case("bge-small-zh-v1.5", false, null),
            new Case("bge-small-en-v1.5", false, null), new Case("e5-small-v2", true, null));

    private final PrintStream out;
    private final List<String> texts;
    private boolean isRight = true;

    private ImportedFiles(PrintStream out) throws IOException {
        this.out = out;
        this.texts = texts();
    }

    /** Runs all files. */
    public static void main(String[] arguments) throws IOException, OrtException {
        ImportedFiles files = new ImportedFiles(System.out);
        System.out.printf("%d texts each, one at a time; vectors of length 1%n%n%-34s %8s %12s %12s %12s%n",
                files.texts.size(), "file", "seconds", "difference", "cosine", "cosine, ORT");
        for (Case file : CASES) {
            files.run(file);
        }
        System.out.printf("%nseconds: to import; difference: the largest from ONNX Runtime's numbers on the same ids, allowed "
                + "%.0e%ncosine: the least, of whole numbers to the file of floats, of Lanewise and of ONNX Runtime%n", ALLOWED);
        files.isRight &= new WrittenFiles(System.out, ALLOWED).areRight();
        System.exit(files.isRight ? 0 : 1);
    }

    private static List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String name : SENTENCES) {
            try (InputStream in = ImportedFiles.class
                    .getResourceAsStream("/io/lanewise/bench/tokenizers/" + name + ".txt")) {
                texts.addAll(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
            }
        }
        return texts;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ImportedFiles.class.getResourceAsStream("/" + name)) {
            return in.readAllBytes();
        }
    }

    private void run(Case file) throws IOException, OrtException {
        byte[] graph = resource(file.name() + ".onnx");
        Tokenizer tokenizer = Tokenizer.read(
                ImportedFiles.class.getResourceAsStream("/" + file.name() + "-tokenizer.json"), file.name());
        Path optimized = Files.createTempFile("optimized", ".onnx");
        try {
            double[][] runtime = byRuntime(graph, file.isMean(), optimized.toString(), tokenizer);
            double[][] original = file.original() == null
                    ? null
                    : byRuntime(resource(file.original() + ".onnx"), file.isMean(), null, tokenizer);
            compare(file, file.name(), graph, tokenizer, runtime, original);
            compare(file, file.name() + ", optimized", Files.readAllBytes(optimized), tokenizer, runtime, original);
        } finally {
            Files.delete(optimized);
        }
    }

    private double[][] byRuntime(byte[] graph, boolean isMean, String optimized, Tokenizer tokenizer)
            throws OrtException {
        try (RuntimeGraph runtime = new RuntimeGraph(graph, optimized)) {
            double[][] vectors = new double[texts.size()][];
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = UnitVector.of(pooled(runtime.rows(tokenizer.ids(texts.get(i))), isMean));
            }
            return vectors;
        }
    }

    /** Returns the sum of all rows, which points where their mean does, or the first. */
    private static double[] pooled(double[][] rows, boolean isMean) {
        double[] pooled = new double[rows[0].length];
        for (int row = 0; row < (isMean ? rows.length : 1); row++) {
            for (int i = 0; i < pooled.length; i++) {
                pooled[i] += rows[row][i];
            }
        }
        return pooled;
    }

    private void compare(Case file, String name, byte[] graph, Tokenizer tokenizer, double[][] runtime,
            double[][] original) {
        long start = System.nanoTime();
        ImportOptions pooling = ImportOptions.defaults().pooling(file.isMean() ? "mean" : "cls").normalize(true);
        try (ImportedModel model = OnnxImporter.read(new ByteArrayInputStream(graph), name);
                TextEmbedder embedder = TextEmbedder.of(model.encoder(pooling), tokenizer,
                        TextOptions.defaults().sessions(1).maxTokens(MOST_TOKENS))) {
            double seconds = (System.nanoTime() - start) / 1e9;
            double difference = 0;
            double ours = 1;
            double theirs = 1;
            for (int i = 0; i < texts.size(); i++) {
                double[] vector = doubles(embedder.embed(texts.get(i)));
                difference = Math.max(difference, UnitVector.difference(vector, runtime[i]));
                ours = original == null ? ours : Math.min(ours, UnitVector.cosine(vector, original[i]));
                theirs = original == null ? theirs : Math.min(theirs, UnitVector.cosine(runtime[i], original[i]));
            }
            boolean isWrong = original == null && difference >= ALLOWED;
            isRight &= !isWrong;
            out.printf("%-34s %8.1f %12.1e %12s %12s%s%n", name, seconds, difference,
                    original == null ? "" : "%.4f".formatted(ours), original == null ? "" : "%.4f".formatted(theirs),
                    isWrong ? "  WRONG" : "");
        } catch (LanewiseException refused) {
            isRight = false;
            out.printf("%-34s refused: %s%n", name, refused.getMessage());
        }
    }

    private static double[] doubles(float[] vector) {
        double[] doubles = new double[vector.length];
        Arrays.setAll(doubles, i -> vector[i]);
        return doubles;
    }
}
