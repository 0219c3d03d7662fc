package io.lanewise;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.lanewise.runtime.RowMask;

/**
 * The tensors of one run by name, each with what the caller knows of its padding: nothing (then a row is padding if its
 * features sum to 0), the valid length of every sample, or one mark a row.
 *
 * <p>May be kept and used for many runs. Not thread-safe while tensors are being added.
 */
public final class Inputs {

    /** One input; {@code lengths} and {@code valid} are null where the caller did not give them. */
    record Entry(String name, Tensor tensor, int[] lengths, boolean[][] valid, RowMask mask) {
        Entry {
            Objects.requireNonNull(name, "an input must have a name");
            Objects.requireNonNull(tensor, "an input must have a tensor");
        }
    }

    /** Lengths that several inputs share, under a name of their own. */
    record Lengths(String name, int[] lengths, RowMask mask) {}

    private final List<Entry> entries = new ArrayList<>();
    private final List<Lengths> shared = new ArrayList<>();
    private final Map<String, Entry> byName = new HashMap<>(); // a file may have very many

    private Inputs() {}

    /**
     * Reads all inputs of a safetensors file: F32 tensors by name, and the valid lengths of each in an I64 tensor
     * {@code NAME_lengths} ({@code lengths} for an input called {@code input}; for inputs of equal length, NAME may be what that
     * length is called). I64 tensors of ids, and for encoders {@code attention_mask} for the padding of {@code input_ids}.
     *
     * @throws LanewiseException if the file cannot be read, is malformed, or holds anything else
     */
    public static Inputs load(Path file) {
        return InputFile.read(file);
    }

    /** Starts with no input. */
    public static Inputs none() {
        return new Inputs();
    }

    /**
     * Starts with one input.
     *
     * @param tensor {@code [batch, length, features]}
     * @param lengths the valid rows of each sample, or nothing
     */
    public static Inputs of(String name, Tensor tensor, int... lengths) {
        return new Inputs().and(name, tensor, lengths);
    }

    /**
     * Adds an input.
     *
     * @param tensor {@code [batch, length, features]}
     * @param lengths the valid rows of each sample, or nothing
     * @return this
     * @throws LanewiseException if there is an input of that name already
     */
    public Inputs and(String name, Tensor tensor, int... lengths) {
        if (lengths.length == 0) {
            return add(new Entry(name, tensor, null, null, null));
        }
        int[] copy = lengths.clone();
        return add(new Entry(name, tensor, copy, null, (sample, row) -> row >= copy[sample]));
    }

    /**
     * Adds an input whose padding may be anywhere.
     *
     * @param tensor {@code [batch, length, features]}
     * @param valid {@code [batch][length]}, true where a row is valid
     * @return this
     * @throws LanewiseException if there is an input of that name already
     */
    public Inputs andMasked(String name, Tensor tensor, boolean[][] valid) {
        boolean[][] copy = new boolean[valid.length][];
        for (int sample = 0; sample < valid.length; sample++) {
            copy[sample] = valid[sample].clone();
        }
        return add(new Entry(name, tensor, null, copy, (sample, row) -> !copy[sample][row]));
    }

    /**
     * Adds the valid rows of a length that is called otherwise than an input, such as {@code video} of the inputs {@code resnet} and
     * {@code c3d}.
     *
     * @param lengths of each sample, or of each sample's sequences
     * @return this
     */
    public Inputs andLengths(String name, int... lengths) {
        int[] copy = lengths.clone();
        shared.add(new Lengths(name, copy, (sequence, row) -> row >= copy[sequence]));
        return this;
    }

    Inputs add(Entry entry) {
        if (byName.putIfAbsent(entry.name(), entry) != null) {
            throw new LanewiseException("inputs must have distinct names: name=" + entry.name());
        }
        entries.add(entry);
        return this;
    }

    /** Returns the names of the tensors, in the order in which they were added. */
    public List<String> names() {
        return entries.stream().map(Entry::name).toList();
    }

    /**
     * Returns the sizes of a tensor's axes.
     *
     * @throws LanewiseException if there is no tensor of that name
     */
    public long[] shape(String name) {
        Entry entry = find(name);
        if (entry == null) {
            throw new LanewiseException("input must be one of " + names() + ": input=" + name);
        }
        return entry.tensor().shape();
    }

    /**
     * Says which rows of a sample are padding: as the caller marked them, or else those whose features sum to 0.
     *
     * @param sample from 0 to the batch less one
     * @return {@code [length]}, true where a row is padding
     * @throws LanewiseException if there is no such tensor or sample, or the tensor is not {@code [batch, length, features]}, or
     *         what is known of its padding does not fit it
     */
    public boolean[] padding(String name, int sample) {
        long[] shape = shape(name);
        if (shape.length != 3 || sample < 0 || sample >= shape[0]) {
            throw new LanewiseException(
                    "sample must be one of the input's: input=%s, shape=%s, sample=%d".formatted(name,
                            Arrays.toString(shape), sample));
        }
        Entry entry = find(name);
        Door.requirePaddingFits(entry, 1);
        boolean[] padding = new boolean[Math.toIntExact(shape[1])];
        for (int row = 0; row < padding.length; row++) {
            padding[row] = entry.mask() == null
                    ? sumIsZero(entry.tensor(), sample * shape[1] + row)
                    : entry.mask().isPadding(sample, row);
        }
        return padding;
    }

    private static boolean sumIsZero(Tensor tensor, long row) {
        long features = tensor.size(2);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(ValueLayout.JAVA_FLOAT, features);
            tensor.data().copyTo(row * features, copy, 0, features);
            double sum = 0;
            for (long feature = 0; feature < features; feature++) {
                sum += copy.getAtIndex(ValueLayout.JAVA_FLOAT, feature);
            }
            return sum == 0;
        }
    }

    /**
     * Returns the padded length of a tensor: its second axis, or its third where it is of ids and has one.
     *
     * @throws LanewiseException if there is no tensor of that name, or it has only one axis
     */
    public long length(String name) {
        long[] shape = shape(name);
        if (shape.length < 2) {
            throw new LanewiseException("input must have a length: input=%s, shape=%s".formatted(name,
                    Arrays.toString(shape)));
        }
        return find(name).tensor().isIds() && shape.length == 3 ? shape[2] : shape[1];
    }

    /** Returns the valid rows that were told with an input, or of a length that is called so; nothing where none were. */
    public Optional<int[]> lengths(String name) {
        Optional<int[]> own = Optional.ofNullable(find(name)).map(Entry::lengths).map(int[]::clone);
        return own.isPresent()
                ? own
                : shared.stream().filter(lengths -> lengths.name().equals(name)).findFirst()
                        .map(lengths -> lengths.lengths().clone());
    }

    int size() {
        return entries.size();
    }

    int sharedLengths() {
        return shared.size();
    }

    Lengths sharedLengths(int index) {
        return shared.get(index);
    }

    Entry get(int index) {
        return entries.get(index);
    }

    Entry find(String name) {
        return byName.get(name);
    }
}
