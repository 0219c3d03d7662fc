package io.lanewise.bench;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** How many rows of a batch's samples are valid. */
public enum RowLengths {
    /** All of them. */
    FULL {
        @Override
        int[] draw(int samples, int shortest, int padded, RandomGenerator random) {
            return IntStream.generate(() -> padded).limit(samples).toArray();
        }
    },
    /** As in real data: uniform from two fifths of a question's padded rows, or a fifth of a video's, up to all of them. */
    REAL {
        @Override
        int[] draw(int samples, int shortest, int padded, RandomGenerator random) {
            return random.ints(samples, shortest, padded + 1).toArray();
        }
    };

    /** Draws the valid rows of each sample. */
    abstract int[] draw(int samples, int shortest, int padded, RandomGenerator random);
}
