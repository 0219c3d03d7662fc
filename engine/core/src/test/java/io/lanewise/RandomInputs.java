package io.lanewise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.lanewise.reference.ReferenceInputs;

/** A batch with random cells and padding, which both executors can be given. Arrays are not copied. */
final class RandomInputs {

    /** What is padding, and how the executors come to know. */
    enum Padding {
        /** Nothing is, and nobody says so. */
        NONE,
        /** Rows of zeros at the end of each sample, found by their sum. */
        ZERO_TAIL,
        /** Rows of zeros anywhere, found by their sum. */
        ZERO_ROWS,
        /** Rows of zeros at the end of each sample, told by lengths. */
        LENGTHS,
        /** Rows of rubbish at the end of each sample, told by lengths. */
        LENGTHS_BEFORE_RUBBISH,
        /** As before, and some samples have no valid row at all. */
        LENGTHS_FROM_ZERO,
        /** Rows anywhere, some of zeros and some of rubbish, told by a mark each. */
        MARKS
    }

    /** One input: {@code cells [batch, length, features]}; {@code lengths} and {@code valid} null where not told. */
    record Given(String name, int length, int features, float[] cells, int[] lengths, boolean[][] valid) {}

    private final int batch;
    private final Padding padding;
    private final Random random;
    private final List<Given> all = new ArrayList<>();

    private RandomInputs(int batch, Padding padding, Random random) {
        this.batch = batch;
        this.padding = padding;
        this.random = random;
    }

    /**
     * Makes a batch.
     *
     * @param names of the inputs; {@code value} is as long as {@code key}, all others have lengths of their own
     */
    static RandomInputs of(List<String> names, int batch, Map<String, Integer> lengths, int features, Padding padding,
            Random random) {
        RandomInputs inputs = new RandomInputs(batch, padding, random);
        for (String name : names) {
            int length = lengths.get(name.equals("value") ? "key" : name);
            float[] cells = inputs.numbers(batch * length * features);
            inputs.all.add(name.equals("value")
                    ? new Given(name, length, features, cells, null, null)
                    : inputs.padded(name, length, features, cells));
        }
        return inputs;
    }

    /** Makes a batch for a layer's required inputs, which have lengths of 7, 12, 17, …. */
    static RandomInputs of(Model model, int batch, int features, Padding padding, long seed) {
        Map<String, Integer> lengths = new LinkedHashMap<>();
        for (String name : model.requiredInputs()) {
            lengths.put(name, 7 + 5 * lengths.size());
        }
        return of(model.requiredInputs(), batch, lengths, features, padding, new Random(seed));
    }

    private Given padded(String name, int length, int features, float[] cells) {
        boolean[][] valid = switch (padding) {
            case NONE -> marks(length, length, 1);
            case ZERO_TAIL, LENGTHS, LENGTHS_BEFORE_RUBBISH -> marks(length, 1, 1);
            case LENGTHS_FROM_ZERO -> marks(length, 0, 1);
            case ZERO_ROWS, MARKS -> marks(length, length, 0.6);
        };
        for (int sample = 0; sample < batch; sample++) {
            for (int row = 0; row < length; row++) {
                if (!valid[sample][row] && becomesZero()) {
                    java.util.Arrays.fill(cells, (sample * length + row) * features,
                            (sample * length + row + 1) * features, 0);
                }
            }
        }
        return switch (padding) {
            case NONE, ZERO_TAIL, ZERO_ROWS -> new Given(name, length, features, cells, null, null);
            case MARKS -> new Given(name, length, features, cells, null, valid);
            default -> new Given(name, length, features, cells, lengths(valid), null);
        };
    }

    private boolean becomesZero() {
        return switch (padding) {
            case ZERO_TAIL, ZERO_ROWS, LENGTHS -> true;
            case MARKS -> random.nextBoolean();
            default -> false;
        };
    }

    /** Marks rows up to a random length, of which each is then valid with some likelihood. */
    private boolean[][] marks(int length, int shortest, double likelihood) {
        boolean[][] valid = new boolean[batch][length];
        for (boolean[] rows : valid) {
            int end = random.nextInt(shortest, length + 1);
            for (int row = 0; row < end; row++) {
                rows[row] = random.nextDouble() < likelihood;
            }
        }
        return valid;
    }

    private static int[] lengths(boolean[][] valid) {
        int[] lengths = new int[valid.length];
        for (int sample = 0; sample < valid.length; sample++) {
            for (boolean row : valid[sample]) {
                lengths[sample] += row ? 1 : 0;
            }
        }
        return lengths;
    }

    private float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    int batch() {
        return batch;
    }

    List<Given> all() {
        return all;
    }

    /** Returns the batch made of these samples of this one, in that order; rows of zeros make each input longer. */
    RandomInputs select(int moreRows, int... samples) {
        RandomInputs some = new RandomInputs(samples.length, padding, random);
        for (Given given : all) {
            int length = given.length() + moreRows;
            float[] cells = new float[samples.length * length * given.features()];
            int[] lengths = given.lengths() == null ? null : new int[samples.length];
            boolean[][] valid = given.valid() == null ? null : new boolean[samples.length][length];
            for (int i = 0; i < samples.length; i++) {
                int rowCells = given.length() * given.features();
                System.arraycopy(given.cells(), samples[i] * rowCells, cells, i * length * given.features(), rowCells);
                if (lengths != null) {
                    lengths[i] = given.lengths()[samples[i]];
                }
                if (valid != null) {
                    System.arraycopy(given.valid()[samples[i]], 0, valid[i], 0, given.length());
                }
            }
            some.all.add(new Given(given.name(), length, given.features(), cells, lengths, valid));
        }
        return some;
    }

    /** Returns the batch with every cell multiplied; lengths and marks are the same arrays. */
    RandomInputs times(float factor) {
        RandomInputs scaled = new RandomInputs(batch, padding, random);
        for (Given given : all) {
            float[] cells = given.cells().clone();
            for (int cell = 0; cell < cells.length; cell++) {
                cells[cell] *= factor;
            }
            scaled.all.add(new Given(given.name(), given.length(), given.features(), cells, given.lengths(),
                    given.valid()));
        }
        return scaled;
    }

    /** Returns the batch for a session. */
    Inputs inputs() {
        Inputs inputs = Inputs.none();
        for (Given given : all) {
            Tensor tensor = Tensor.copyOf(given.cells(), batch, given.length(), given.features());
            if (given.valid() != null) {
                inputs.andMasked(given.name(), tensor, given.valid());
            } else {
                inputs.and(given.name(), tensor, given.lengths() == null ? new int[0] : given.lengths());
            }
        }
        return inputs;
    }

    /** Returns the batch for the reference. */
    ReferenceInputs reference() {
        ReferenceInputs inputs = new ReferenceInputs(batch);
        for (Given given : all) {
            if (given.valid() != null) {
                boolean[] valid = new boolean[batch * given.length()];
                for (int row = 0; row < valid.length; row++) {
                    valid[row] = given.valid()[row / given.length()][row % given.length()];
                }
                inputs.input(given.name(), given.length(), given.cells(), valid);
            } else if (given.lengths() != null) {
                inputs.input(given.name(), given.length(), given.cells(), given.lengths());
            } else {
                inputs.input(given.name(), given.length(), given.cells());
            }
        }
        return inputs;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("batch=" + batch + " padding=" + padding);
        all.forEach(given -> text.append(' ').append(given.name()).append('=').append(given.length()));
        return text.toString();
    }
}
