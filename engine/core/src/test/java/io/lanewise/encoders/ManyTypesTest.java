package io.lanewise.encoders;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.lanewise.Inputs;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.Tensor;
import io.lanewise.weights.Checkpoint;
import io.lanewise.weights.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/** A table of token types with as many rows as a vocabulary's: rows that nobody asks for change nothing. */
class ManyTypesTest {

    private static final int MANY = 1000;

    @TempDir
    private Path folder;

    @Test
    void shouldTakeALargeTableOfTypes() {
        float[] expected = hidden(EncoderCase.of("bert/odd").folder());
        TinyFolder tiny = TinyFolder.copy("bert/odd", folder);
        tiny.weights(Map.of(name(tiny), longer(tiny, name(tiny)))).config("type_vocab_size", Integer.toString(MANY));
        assertArrayEquals(expected, hidden(folder));
    }

    private static float[] hidden(Path folder) {
        try (Model model = Model.load(folder);
                Session session = model.newSession(SessionOptions.defaults().inputs("input_ids", "token_type_ids")
                        .maxBatch(1).maxLength(4))) {
            FloatBuffer floats = session.run(Inputs.of("input_ids", Tensor.ids(new int[]{1, 2, 3, 4}, 1, 4))
                    .and("token_type_ids", Tensor.ids(new int[]{0, 0, 1, 1}, 1, 4))).floats("last_hidden_state");
            float[] hidden = new float[floats.remaining()];
            floats.get(hidden);
            return hidden;
        }
    }

    private static String name(TinyFolder folder) {
        try (Checkpoint weights = Checkpoint.open(folder.path().resolve("model.safetensors"))) {
            return weights.names().stream().filter(name -> name.endsWith("token_type_embeddings.weight")).findFirst()
                    .orElseThrow();
        }
    }

    private static TinyFolder.Weight longer(TinyFolder folder, String name) {
        try (Checkpoint weights = Checkpoint.open(folder.path().resolve("model.safetensors"))) {
            TinyFolder.Weight few = TinyFolder.Weight.of(weights.find(name).orElseThrow());
            long columns = few.shape().getLast();
            byte[] bytes = new byte[Math.toIntExact(MANY * columns * Float.BYTES)];
            ByteBuffer.wrap(bytes).put(few.bytes());
            return new TinyFolder.Weight(TensorType.F32, List.of((long) MANY, columns), bytes);
        }
    }
}
