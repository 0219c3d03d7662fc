package io.lanewise.encoders;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.weights.SafetensorsWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** REPORTS A11: what becomes of the hidden states is what {@code modules.json} says, in its order, and nothing else. */
class PoolingVariantsTest {

    private static final int FEATURES = 20;
    private static final String TRANSFORMER = "{\"path\": \"\", \"type\": \"x.Transformer\"}";
    private static final String POOLING = "{\"path\": \"1_Pooling\", \"type\": \"x.Pooling\"}";
    private static final String DENSE = "{\"path\": \"2_Dense\", \"type\": \"x.Dense\"}";
    private static final String NORMALIZE = "{\"path\": \"3_Normalize\", \"type\": \"x.Normalize\"}";

    private static final SessionOptions OPTIONS = SessionOptions.defaults().maxBatch(4).maxLength(16);

    @TempDir
    private Path folder;

    private TinyFolder tiny(String pooling, String... modules) {
        return TinyFolder.copy("bert/odd", folder).write("1_Pooling/config.json", pooling).write("modules.json",
                "[" + String.join(", ", modules) + "]");
    }

    /** Runs the case's samples, which are padded, and compares each embedding with what is made of its hidden rows here. */
    private void check(UnaryOperator<double[][]> expected) {
        TokenSamples samples = TokenSamples.of(EncoderCase.of("bert/odd"));
        int[] all = samples.all();
        try (Model model = Model.load(folder); Session session = model.newSession(OPTIONS)) {
            SampleRows rows = SampleRows.of(session.run(samples.padded(2, all)), samples, all);
            for (int sample : all) {
                double[] right = expected.apply(rows(rows.cells().get("last_hidden_state")[sample]))[0];
                float[] found = rows.cells().get("sentence_embedding")[sample];
                assertEquals(right.length, found.length);
                for (int i = 0; i < right.length; i++) {
                    assertEquals(right[i], found[i], 2e-6, "sample " + sample + "[" + i + "]");
                }
            }
        }
    }

    private static double[][] rows(float[] hidden) {
        return IntStream.range(0, hidden.length / FEATURES).mapToObj(row -> IntStream.range(0, FEATURES)
                .mapToDouble(feature -> hidden[row * FEATURES + feature]).toArray()).toArray(double[][]::new);
    }

    private static double[] pooled(String mode, double[][] rows) {
        int n = rows.length;
        return IntStream.range(0, FEATURES).mapToDouble(feature -> switch (mode) {
            case "cls" -> rows[0][feature];
            case "lasttoken" -> rows[n - 1][feature];
            case "max" -> IntStream.range(0, n).mapToDouble(row -> rows[row][feature]).max().orElseThrow();
            case "mean" -> sum(rows, feature, false) / n;
            case "mean_sqrt_len_tokens" -> sum(rows, feature, false) / Math.sqrt(n);
            default -> sum(rows, feature, true) / (n * (n + 1) / 2.0);
        }).toArray();
    }

    private static double sum(double[][] rows, int feature, boolean weighted) {
        return IntStream.range(0, rows.length).mapToDouble(row -> (weighted ? row + 1 : 1) * rows[row][feature]).sum();
    }

    private static double[] normed(double[] vector) {
        double length = Math.sqrt(IntStream.range(0, vector.length).mapToDouble(i -> vector[i] * vector[i]).sum());
        return IntStream.range(0, vector.length).mapToDouble(i -> vector[i] / Math.max(length, 1e-12)).toArray();
    }

    // ---------------------------------------------------------------- pooling

    @ParameterizedTest
    @CsvSource({"pooling_mode_cls_token, cls", "pooling_mode_mean_tokens, mean", "pooling_mode_max_tokens, max",
            "pooling_mode_mean_sqrt_len_tokens, mean_sqrt_len_tokens", "pooling_mode_weightedmean_tokens, weightedmean",
            "pooling_mode_lasttoken, lasttoken"})
    void shouldPoolAsEitherLayoutOfTheFileSays(String flag, String mode) {
        for (String pooling : List.of("{\"" + flag + "\": true}", "{\"pooling_mode\": \"" + mode + "\"}")) {
            tiny(pooling, TRANSFORMER, POOLING);
            check(rows -> new double[][]{pooled(mode, rows)});
        }
        tiny("{\"" + flag + "\": true}", TRANSFORMER, POOLING, NORMALIZE);
        check(rows -> new double[][]{normed(pooled(mode, rows))});
    }

    /** Flags have an order of their own, a list has that of the file. */
    @Test
    void shouldPutSeveralPoolingsBesideEachOther() {
        tiny("{\"pooling_mode_mean_tokens\": true, \"pooling_mode_lasttoken\": true, \"pooling_mode_cls_token\": true}",
                TRANSFORMER, POOLING);
        check(rows -> new double[][]{beside(pooled("cls", rows), pooled("mean", rows), pooled("lasttoken", rows))});
        tiny("{\"pooling_mode\": [\"lasttoken\", \"max\"]}", TRANSFORMER, POOLING);
        check(rows -> new double[][]{beside(pooled("lasttoken", rows), pooled("max", rows))});
    }

    private static double[] beside(double[]... parts) {
        return IntStream.range(0, parts.length * FEATURES).mapToDouble(i -> parts[i / FEATURES][i % FEATURES])
                .toArray();
    }

    @Test
    void shouldTakeTheMeanWhereNobodySaysAnything() {
        TinyFolder.copy("bert/odd", folder).delete("modules.json");
        check(rows -> new double[][]{pooled("mean", rows)});
    }

    // ---------------------------------------------------------------- dense

    private void dense(String config, float diagonal) {
        float[] weight = new float[FEATURES * FEATURES];
        for (int i = 0; i < FEATURES; i++) {
            weight[i * FEATURES + i] = diagonal;
        }
        TinyFolder tiny = tiny("{\"pooling_mode\": \"mean\"}", TRANSFORMER, POOLING, DENSE, NORMALIZE);
        tiny.write("2_Dense/config.json", config);
        SafetensorsWriter.create().addFloats("linear.weight", List.of((long) FEATURES, (long) FEATURES), weight)
                .addFloats("linear.bias", List.of((long) FEATURES), new float[FEATURES])
                .writeTo(folder.resolve("2_Dense/model.safetensors"));
    }

    @Test
    void shouldApplyADenseLayerBetweenPoolingAndNorm() {
        dense("{\"in_features\": 20, \"out_features\": 20, \"activation_function\": \"torch.nn.modules.activation.Tanh\"}",
                1);
        check(rows -> {
            double[] mean = pooled("mean", rows);
            return new double[][]{normed(IntStream.range(0, FEATURES).mapToDouble(i -> Math.tanh(mean[i])).toArray())};
        });
    }

    /** The norm of a vector of zeros, or of one whose squares underflow, is no reason for NaN. */
    @ParameterizedTest
    @CsvSource({"0", "1e-32", "1e-44"})
    void shouldNormVectorsThatHaveNoLength(float nearly) {
        dense("{\"in_features\": 20, \"out_features\": 20, \"activation_function\": \"torch.nn.Identity\"}", nearly);
        TokenSamples samples = TokenSamples.of(EncoderCase.of("bert/odd"));
        try (Model model = Model.load(folder); Session session = model.newSession(OPTIONS)) {
            SampleRows rows = SampleRows.of(session.run(samples.padded(0, 0)), samples, 0);
            for (float number : rows.cells().get("sentence_embedding")[0]) {
                assertTrue(Math.abs(number) < 1e-6, () -> nearly + ": " + number);
            }
        }
    }
}
