package io.lanewise.bench;

import java.util.List;

import io.lanewise.Model;
import io.lanewise.Outputs;
import io.lanewise.Session;
import io.lanewise.layers.LayerKinds;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A wrong answer must be told from a right one. */
class ExpectedAnswerTest {

    private static final SeededLayer LAYER = new SeededLayer(LayerKinds.of("co-attention"),
            new LayerSizes(32, 4, 48, 2, 5, 9));

    @Test
    void shouldFindTheOutputThatIsWrong() {
        assertEquals(1, deviation("output_v", 1).error(), 1e-5);
        assertTrue(deviation("output_q", 1e-5).isWrong());
        assertFalse(deviation("output_q", 0).isWrong());
    }

    @Test
    void shouldCallNotANumberWrong() {
        assertEquals(Double.POSITIVE_INFINITY, deviation("output_q", Double.NaN).error());
        assertTrue(deviation("output_q", Double.NaN).isWrong());
    }

    @Test
    void shouldFindTheWrongBitBehindARightOne() {
        Deviation right = new Deviation(0, 0);
        Deviation wrong = new Deviation(1, 0);
        assertEquals(wrong, right.orWorse(wrong));
        assertEquals(wrong, wrong.orWorse(right));
    }

    @Test
    void shouldAllowTwiceTheErrorOfFloats() {
        assertEquals(2e-6, ExpectedOutput.ofNumbers("x", new double[]{1}, new double[]{1 + 1e-7}).allowed());
        assertEquals(2e-3, ExpectedOutput.ofNumbers("x", new double[]{1}, new double[]{1 + 1e-3}).allowed(), 1e-9);
        assertEquals(0, ExpectedOutput.ofBits("x", new boolean[]{true}).allowed());
    }

    /** Runs the layer and shifts one cell of what one output should have been. */
    private static Deviation deviation(String output, double shift) {
        PaddedBatch batch = LAYER.batch(2, RowLengths.REAL, 7);
        try (Model model = LAYER.model(11); Session session = model.newSession(batch.sessionOptions())) {
            Outputs outputs = session.run(batch.forSession());
            List<ExpectedOutput> expected = ExpectedAnswer.ofReference(model.graph(batch.names()), batch).outputs();
            expected.stream().filter(shifted -> shifted.name().equals(output))
                    .forEach(shifted -> shifted.values()[3] += shift);
            return new ExpectedAnswer(expected).deviation(outputs);
        }
    }
}
