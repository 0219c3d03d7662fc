package io.lanewise.bench.encoders;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.lanewise.Model;
import io.lanewise.bench.SeededEncoder;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceInputs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Every engine in float32 answers as the double reference does, on small encoders. */
class EncodersAgreeTest {

    private static final SeededEncoder SMALL = new SeededEncoder(2, 48, 4, 80, 30, 16);
    private static final double TOLERANCE = 1e-5;

    static Stream<Arguments> cases() {
        List<BenchEncoder> encoders = List.of(
                BenchEncoder.seeded("small", "last_hidden_state", SMALL, () -> SMALL.encoder(3), false),
                BenchEncoder.seeded("small-reranker", "logits", SMALL, () -> SMALL.reranker(3), true));
        return Stream.concat(Stream.of(new LanewiseEncoders()), EncoderEngines.peers().stream())
                .filter(EncoderEngine::isExact)
                .flatMap(engine -> encoders.stream().map(encoder -> Arguments.of(engine, encoder)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void shouldAnswerAsTheReference(EncoderEngine engine, BenchEncoder encoder) {
        try (OpenEncoder open = engine.open(encoder, 1)) {
            for (IdBatch batch : List.of(encoder.batch(1, 7), encoder.batch(3, 16))) {
                Supplier<FloatBuffer> run = open.ready(batch);
                double[] truth = truth(encoder, batch);
                FloatBuffer answer = run.get();
                assertEquals(truth.length, answer.limit());
                for (int cell = 0; cell < truth.length; cell++) {
                    assertEquals(truth[cell], answer.get(cell), TOLERANCE);
                }
            }
        }
    }

    private static double[] truth(BenchEncoder encoder, IdBatch batch) {
        ReferenceInputs inputs = new ReferenceInputs(batch.texts()).tokens("input_ids", batch.tokens(), batch.flat(),
                null);
        if (batch.types() != null) {
            inputs.tokens("token_type_ids", batch.tokens(), batch.flatTypes(), null);
        }
        try (Model model = Model.of(encoder.encoder().get())) {
            return ReferenceExecutor.doubles().run(encoder.graph(model), inputs).get(encoder.output()).numbers();
        }
    }
}
