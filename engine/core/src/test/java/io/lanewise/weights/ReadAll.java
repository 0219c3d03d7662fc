package io.lanewise.weights;

import java.nio.file.Path;
import java.util.Collection;

import io.lanewise.json.Strings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Reads everything that there is in a weight file, and checks what the reader promises of it. */
final class ReadAll {

    private ReadAll() {}

    /** Reads the file, or asserts that it is refused in one line; says whether it was read. */
    static boolean orRefuse(Path path) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            requireContiguous(file, path.toFile().length());
            file.metadata().forEach((name, text) -> requireUnicode(name + text));
            file.tensors().forEach(tensor -> read(file, tensor));
            return true;
        } catch (WeightFileException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
            return false;
        }
    }

    private static void requireContiguous(SafetensorsFile file, long fileBytes) {
        Collection<TensorInfo> tensors = file.tensors();
        long next = tensors.isEmpty() ? fileBytes : tensors.iterator().next().offset();
        for (TensorInfo tensor : tensors) {
            requireUnicode(tensor.name());
            assertEquals(next, tensor.offset(), tensor.name());
            assertEquals(tensor.bytes(), tensor.type().bytesOf(tensor.shape()), tensor.name());
            assertEquals(tensor, file.find(tensor.name()).orElseThrow());
            next += tensor.bytes();
        }
        assertEquals(fileBytes, next);
    }

    private static void requireUnicode(String text) {
        assertTrue(Strings.isUnicode(text), text);
    }

    /** Reads a tensor in every way that its type allows. */
    private static void read(SafetensorsFile file, TensorInfo tensor) {
        assertEquals(tensor.bytes(), file.data(tensor).byteSize());
        switch (tensor.type()) {
            case F32, F16, BF16 -> {
                assertEquals(tensor.elements(), file.floats(tensor).length);
                assertEquals(tensor.elements(), file.doubles(tensor).length);
            }
            case F64 -> assertEquals(tensor.elements(), file.doubles(tensor).length);
            case I64, I32 -> assertEquals(tensor.elements(), file.longs(tensor).length);
            case BOOL -> assertEquals(tensor.elements(), file.booleans(tensor).length);
        }
    }
}
