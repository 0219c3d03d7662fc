package io.lanewise.text;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;

import io.lanewise.Model;
import io.lanewise.SessionOptions;
import io.lanewise.WeightStorage;
import io.lanewise.weights.SafetensorsFile;
import io.lanewise.weights.SafetensorsWriter;
import io.lanewise.weights.TensorInfo;
import io.lanewise.weights.TensorType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class WeightStorageTest {

    private static final String TEXT = TinyModel.words(3, 20);

    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        TinyModel.embedder(folder);
    }

    private float[] embed(WeightStorage storage) {
        try (TextEmbedder embedder = TextEmbedder.load(folder, TextOptions.defaults().weights(storage))) {
            return embedder.embed(TEXT);
        }
    }

    private long storedAsBf16(WeightStorage storage) {
        try (Model model = Model.load(folder)) {
            return model.explain(SessionOptions.defaults().weights(storage), Map.of()).lines()
                    .filter(line -> line.endsWith(", W as BF16") || line.contains(", W as BF16, ")).count();
        }
    }

    /** Writes the upper halves of the weights: the file's numbers are bfloat16 from then on. */
    private void cutToBf16() {
        Path path = folder.resolve("model.safetensors");
        SafetensorsWriter halves = SafetensorsWriter.create();
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (TensorInfo tensor : file.tensors()) {
                float[] values = file.floats(tensor);
                short[] bits = new short[values.length];
                for (int i = 0; i < bits.length; i++) {
                    bits[i] = (short) (Float.floatToRawIntBits(values[i]) >>> Short.SIZE);
                }
                halves.add(tensor.name(), TensorType.BF16, tensor.shape(), MemorySegment.ofArray(bits));
            }
        }
        halves.writeTo(path);
    }

    @Test
    void shouldKeepWeightsAsBf16WhereTheFileHasThemSoWithTheBitsOfFloats() {
        cutToBf16();
        assertTrue(storedAsBf16(WeightStorage.EXACT) >= 4);
        assertEquals(storedAsBf16(WeightStorage.BF16), storedAsBf16(WeightStorage.EXACT));
        assertEquals(0, storedAsBf16(WeightStorage.F32));
        assertArrayEquals(embed(WeightStorage.F32), embed(WeightStorage.EXACT));
        assertArrayEquals(embed(WeightStorage.F32), embed(WeightStorage.BF16));
    }

    @Test
    void shouldRoundFloatsOnlyWhenAskedTo() {
        assertEquals(0, storedAsBf16(WeightStorage.EXACT));
        assertTrue(storedAsBf16(WeightStorage.BF16) >= 4);
        float[] exact = embed(WeightStorage.F32);
        assertArrayEquals(exact, embed(WeightStorage.EXACT));
        shouldBeNear(exact, embed(WeightStorage.BF16));
        shouldBeNear(exact, embed(WeightStorage.INT8));
    }

    private static void shouldBeNear(float[] exact, float[] rounded) {
        assertEquals(1, cosine(exact, rounded), 1e-4);
        assertTrue(cosine(exact, rounded) < 1 - 1e-9, () -> "cosine=" + cosine(exact, rounded));
    }

    private static double cosine(float[] left, float[] right) {
        double product = 0;
        double ofLeft = 0;
        double ofRight = 0;
        for (int i = 0; i < left.length; i++) {
            product += (double) left[i] * right[i];
            ofLeft += (double) left[i] * left[i];
            ofRight += (double) right[i] * right[i];
        }
        return product / Math.sqrt(ofLeft * ofRight);
    }
}
