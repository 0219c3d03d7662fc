package io.lanewise;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.fail;

/** Copies of a run's outputs, cell by cell. */
record OutputBits(int batch, Map<String, long[]> shapes, Map<String, int[]> cells) {

    static OutputBits of(Outputs outputs, int batch) {
        OutputBits bits = new OutputBits(batch, new HashMap<>(), new HashMap<>());
        for (String name : outputs.names()) {
            bits.shapes.put(name, outputs.shape(name));
            bits.cells.put(name, cells(outputs, name));
        }
        return bits;
    }

    private static int[] cells(Outputs outputs, String name) {
        if (outputs.isFloats(name)) {
            return outputs.segment(name).toArray(JAVA_INT);
        }
        byte[] bytes = outputs.segment(name).toArray(JAVA_BYTE);
        return IntStream.range(0, bytes.length).map(i -> bytes[i]).toArray();
    }

    /** Asserts that each cell of a sample here stands in a sample there; there may be more rows and keys. */
    void assertSame(int sample, OutputBits other, int otherSample, String what) {
        cells.keySet().forEach(name -> assertSame(name, sample, other, otherSample, what + ", output " + name));
    }

    private void assertSame(String name, int sample, OutputBits other, int otherSample, String what) {
        int[] shape = sampleShape(name);
        int[] otherShape = other.sampleShape(name);
        for (int head = 0; head < shape[0]; head++) {
            for (int row = 0; row < shape[1]; row++) {
                for (int column = 0; column < shape[2]; column++) {
                    int here = cells.get(name)[index(shape, sample, head, row, column)];
                    int there = other.cells.get(name)[index(otherShape, otherSample, head, row, column)];
                    if (here != there) {
                        fail("%s, sample %d, head %d, row %d, column %d: expected %s, was %s".formatted(what,
                                sample, head, row, column, Float.intBitsToFloat(here),
                                Float.intBitsToFloat(there)));
                    }
                }
            }
        }
    }

    /** Returns heads, rows and columns of one sample; attention of reshaped heads has them in its batch axis. */
    private int[] sampleShape(String name) {
        long[] shape = shapes.get(name);
        int rows = (int) shape[shape.length - 2];
        int columns = (int) shape[shape.length - 1];
        return new int[]{cells.get(name).length / (batch * rows * columns), rows, columns};
    }

    private static int index(int[] shape, int sample, int head, int row, int column) {
        return ((sample * shape[0] + head) * shape[1] + row) * shape[2] + column;
    }
}
