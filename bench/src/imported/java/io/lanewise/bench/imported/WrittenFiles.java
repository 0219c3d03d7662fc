package io.lanewise.bench.imported;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

import ai.onnxruntime.OrtException;
import io.lanewise.Inputs;
import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.Tensor;
import io.lanewise.bench.SeededEncoder;
import io.lanewise.bench.SeededFamily;
import io.lanewise.bench.SeededFamily.Head;
import io.lanewise.bench.peers.graph.OnnxTranslator;
import io.lanewise.graph.Graph;
import io.lanewise.graph.Value;
import io.lanewise.importers.ImportOptions;
import io.lanewise.importers.ImportedModel;
import io.lanewise.importers.OnnxImporter;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceInputs;

/**
 * Writes encoders of each family that graphs are recovered of, without and with heads, as ONNX graphs with made-up weights, imports
 * those, and what ONNX Runtime's optimizer makes of them, and compares rows of length 1 with ONNX Runtime's own on the same ids, and
 * both with the encoder as it was written, in double.
 */
final class WrittenFiles {

    private static final SeededEncoder SIZES = new SeededEncoder(3, 384, 12, 1536, 1000, 512);
    private static final long SEED = 1;
    private static final int TEXTS = 16;
    private static final int MOST_TOKENS = 91;
    private static final String IDS = "input_ids";

    /** The fewer numbers a row has, the less of each feature's error is averaged away: labels may have twice what ONNX Runtime's have. */
    private static final double TIMES = 2;

    private final PrintStream out;
    private final double allowed;
    private final int[][] texts = IntStream.range(0, TEXTS)
            .mapToObj(text -> SIZES.ids(1 + text * (MOST_TOKENS - 1) / (TEXTS - 1), text)).toArray(int[][]::new);
    private boolean isRight = true;

    /** Rows of length 1, of each text: what they should be, what ONNX Runtime makes of the graph. */
    private record Expected(double[][][] truth, double[][][] runtime) {}

    WrittenFiles(PrintStream out, double allowed) {
        this.out = out;
        this.allowed = allowed;
    }

    /** Runs all families and heads; says whether all rows are as they should be. */
    boolean areRight() throws IOException, OrtException {
        out.printf("%n%d texts each, of up to %d tokens, made-up weights; rows of length 1%n%n%-36s %8s %12s %12s %12s%n",
                TEXTS, MOST_TOKENS, "graph", "seconds", "difference", "error", "error, ORT");
        for (SeededFamily family : SeededFamily.values()) {
            for (Head head : Head.values()) {
                run(family, head);
            }
        }
        out.printf("%nerror: the largest from the encoder as it was written, in double; allowed %.0e, to labels also %.0f times ONNX "
                + "Runtime's%n", allowed, TIMES);
        return isRight;
    }

    private void run(SeededFamily family, Head head) throws IOException, OrtException {
        String name = "%s, %s".formatted(family, head == Head.NONE ? "rows" : head).toLowerCase(Locale.ROOT)
                .replace('_', ' ');
        Path optimized = Files.createTempFile("optimized", ".onnx");
        try (Model model = Model.of(family.encoder(SIZES, head, SEED))) {
            Graph written = model.graph(Set.of(IDS)).asking(Set.of(output(head)));
            byte[] graph = OnnxTranslator.modelOf(written);
            Expected expected = new Expected(inDouble(written), byRuntime(graph, optimized.toString()));
            compare(name, head, graph, expected);
            compare(name + ", optimized", head, Files.readAllBytes(optimized), expected);
        } finally {
            Files.delete(optimized);
        }
    }

    private static String output(Head head) {
        return head == Head.NONE ? "last_hidden_state" : "logits";
    }

    private double[][][] inDouble(Graph graph) {
        double[][][] all = new double[texts.length][][];
        for (int i = 0; i < all.length; i++) {
            ReferenceInputs ids = new ReferenceInputs(1).tokens(IDS, texts[i].length, texts[i], null);
            Map.Entry<String, Value> output = graph.outputs().firstEntry();
            double[] cells = ReferenceExecutor.doubles().run(graph, ids).get(output.getKey()).numbers();
            all[i] = units(DoubleBuffer.wrap(cells)::get, cells.length, output.getValue().rows().features());
        }
        return all;
    }

    private double[][][] byRuntime(byte[] graph, String optimized) throws OrtException {
        try (RuntimeGraph runtime = new RuntimeGraph(graph, optimized)) {
            double[][][] all = new double[texts.length][][];
            for (int i = 0; i < all.length; i++) {
                all[i] = Arrays.stream(runtime.rows(texts[i])).map(UnitVector::of).toArray(double[][]::new);
            }
            return all;
        }
    }

    private static double[][] units(DoubleSupplier next, int cells, int features) {
        double[][] rows = new double[cells / features][features];
        for (int row = 0; row < rows.length; row++) {
            Arrays.setAll(rows[row], _ -> next.getAsDouble());
            rows[row] = UnitVector.of(rows[row]);
        }
        return rows;
    }

    private void compare(String name, Head head, byte[] graph, Expected expected) {
        long start = System.nanoTime();
        ImportOptions defaults = ImportOptions.defaults();
        ImportOptions options = head == Head.NONE ? defaults.pooling("mean") : defaults;
        try (ImportedModel imported = OnnxImporter.read(new ByteArrayInputStream(graph), name);
                Model model = Model.of(imported.encoder(options));
                Session session = model.newSession(
                        SessionOptions.defaults().maxBatch(1).maxLength(MOST_TOKENS).outputs(output(head)))) {
            double seconds = (System.nanoTime() - start) / 1e9;
            double[][][] rows = new double[texts.length][][];
            for (int i = 0; i < texts.length; i++) {
                FloatBuffer floats = session.run(Inputs.of(IDS, Tensor.ids(texts[i], 1, texts[i].length)))
                        .floats(output(head));
                rows[i] = units(floats::get, floats.remaining(), expected.truth()[i][0].length);
            }
            report(name, head, seconds, rows, expected);
        } catch (LanewiseException refused) {
            isRight = false;
            out.printf("%-36s refused: %s%n", name, refused.getMessage());
        }
    }

    private void report(String name, Head head, double seconds, double[][][] rows, Expected expected) {
        double difference = largest(rows, expected.runtime());
        double error = largest(rows, expected.truth());
        double runtimes = largest(expected.runtime(), expected.truth());
        boolean isWrong = head == Head.NONE
                ? difference >= allowed || error >= allowed
                : error >= Math.max(allowed, TIMES * runtimes);
        isRight &= !isWrong;
        out.printf("%-36s %8.1f %12.1e %12.1e %12.1e%s%n", name, seconds, difference, error, runtimes,
                isWrong ? "  WRONG" : "");
    }

    private static double largest(double[][][] some, double[][][] others) {
        double largest = 0;
        for (int text = 0; text < some.length; text++) {
            for (int row = 0; row < others[text].length; row++) {
                largest = Math.max(largest, UnitVector.difference(some[text][row], others[text][row]));
            }
        }
        return largest;
    }
}
