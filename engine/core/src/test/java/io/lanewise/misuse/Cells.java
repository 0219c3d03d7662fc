package io.lanewise.misuse;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

import io.lanewise.Tensor;

/** The floats of a tensor and their shape. Equal to others of the same content. */
record Cells(float[] floats, long[] shape) {

    static final int FEATURES = 6;

    private static final int[] BATCHES = {1, 2, 3, 20}; // the last makes two groups of samples, and so work for a worker
    private static final int[][] LENGTHS = {{1, 2, 2}, {3, 3, 3}, {5, 4, 4}, {8, 7, 7}}; // [content][place of the input]

    /** How many contents there are. */
    static final int CONTENTS = BATCHES.length;

    private static final Cells[][] ALL = new Cells[CONTENTS][];

    static {
        for (int content = 0; content < CONTENTS; content++) {
            int of = content;
            ALL[content] = IntStream.range(0, 3).mapToObj(place -> random(of, place)).toArray(Cells[]::new);
        }
    }

    /** Returns one of a few contents, of which the later ones end in rows of zeros, as it is at a place among the inputs. */
    static Cells of(int content, int place) {
        return ALL[content][place];
    }

    private static Cells random(int content, int place) {
        int batch = BATCHES[content];
        int length = LENGTHS[content][place];
        Random random = new Random(31 * content + place);
        float[] floats = new float[batch * length * FEATURES];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) random.nextGaussian();
        }
        for (int sample = 1; sample < batch && content > 1; sample++) {
            int end = (sample + 1) * length * FEATURES;
            Arrays.fill(floats, end - random.nextInt(length) * FEATURES, end, 0);
        }
        return new Cells(floats, new long[]{batch, length, FEATURES});
    }

    int batch() {
        return (int) shape[0];
    }

    int length() {
        return (int) shape[1];
    }

    /** Returns a tensor that nothing can happen to. */
    Tensor copy() {
        return Tensor.copyOf(floats, shape);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cells cells && Arrays.equals(shape, cells.shape) && Arrays.equals(floats, cells.floats);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(floats);
    }

    @Override
    public String toString() {
        return Arrays.toString(shape);
    }
}
