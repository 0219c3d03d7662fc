package io.lanewise.encoders;

import java.util.List;
import java.util.Set;

import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.Outputs;
import io.lanewise.ReferenceSession;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** One attention map is asked for by its name, and no other is computed. */
class AttentionByNameTest {

    private static final SessionOptions OPTIONS = SessionOptions.defaults().maxBatch(4).maxLength(64);

    private static float[] floats(Outputs outputs, String name) {
        float[] floats = new float[outputs.floats(name).remaining()];
        outputs.floats(name).get(floats);
        return floats;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert/lanes", "mpnet/odd", "deberta-v2/odd", "modernbert/odd", "qwen3/odd",
            "gemma3_text/lanes"})
    void shouldComputeTheSameAsAmongAll(String golden) {
        EncoderCase encoder = EncoderCase.of(golden);
        TokenSamples samples = TokenSamples.of(encoder);
        SessionOptions options = OPTIONS.inputs(samples.names());
        try (Model model = Model.load(encoder.folder());
                Session all = model.newSession(options.attention(true));
                ReferenceSession reference = new ReferenceSession(model, options.outputs("attention.0"))) {
            all.run(samples.padded(1, samples.all()));
            for (String name : model.attentions()) {
                try (Session one = model.newSession(options.outputs(name))) {
                    Outputs outputs = one.run(samples.padded(1, samples.all()));
                    assertEquals(Set.of(name), Set.copyOf(outputs.names()));
                    assertArrayEquals(floats(all.run(samples.padded(1, samples.all())), name), floats(outputs, name));
                }
            }
            assertArrayEquals(floats(all.run(samples.padded(1, samples.all())), "attention.0"),
                    floats(reference.run(samples.padded(1, samples.all())), "attention.0"), 1e-5f);
        }
    }

    @Test
    void shouldComputeNoLayerBehindTheOneThatIsAskedFor() {
        EncoderCase encoder = EncoderCase.of("bert/lanes");
        try (Model model = Model.load(encoder.folder())) {
            List<String> names = List.copyOf(model.attentions());
            assertEquals("attention.0", names.getFirst());
            int steps = -1;
            for (String name : names) {
                int more = model.passes(OPTIONS.outputs(name)).size();
                assertTrue(more > steps, () -> name + " takes " + more + " passes");
                steps = more;
            }
            assertTrue(steps < model.passes(OPTIONS.attention(true)).size());
        }
    }

    @Test
    void shouldRefuseAMapThatIsNotThere() {
        EncoderCase encoder = EncoderCase.of("bert/odd");
        try (Model model = Model.load(encoder.folder())) {
            assertEquals(
                    "output must be one of [last_hidden_state, pooler_output, sentence_embedding, hidden_states.0, "
                            + "hidden_states.1, attention.0, attention.1]: output=attention.2",
                    assertThrowsExactly(LanewiseException.class,
                            () -> model.newSession(OPTIONS.outputs("attention.2"))).getMessage());
        }
    }
}
