package io.lanewise;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

import io.lanewise.graph.Graph;
import io.lanewise.graph.Length;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Stream;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceInputs;
import io.lanewise.reference.ReferenceTensor;
import io.lanewise.runtime.OutputTensor;
import io.lanewise.runtime.RowMask;
import io.lanewise.runtime.TensorData;

/**
 * Runs a model with naive loops in float32, behind the door that sessions have: the same checks and errors, and results of the
 * same names, shapes and types. For comparing with a {@link Session}, which is many times faster.
 *
 * <p>Threads and planner passes make no difference here. Not thread-safe.
 */
public final class ReferenceSession implements AutoCloseable {

    /** What every JVM can allocate, given the heap. */
    private static final int MAX_ARRAY_ELEMENTS = Integer.MAX_VALUE - 8;

    private final Graph graph;
    private final SessionOptions options;
    private final Door door;
    private final SequencedMap<String, OutputTensor> results = new LinkedHashMap<>();
    private final Outputs outputs = new Outputs(results);
    private boolean closed;

    /**
     * Opens a session.
     *
     * @throws LanewiseException if the options do not fit the layer
     * @throws IllegalStateException if the model is closed
     */
    public ReferenceSession(Model model, SessionOptions options) {
        Graph written = model.graph(options.inputs());
        Graph some = written.asking(options.outputs());
        this.graph = options.attention() ? some.withAttention() : some;
        this.options = options;
        this.door = new Door(model.plan(options), options);
        graph.outputs().forEach((name, value) -> results.put(name, new OutputTensor(name, elementBytes(value))));
    }

    private static int elementBytes(Value output) {
        return switch (output.shape()) {
            case Shape.PairBits _ -> Byte.BYTES;
            case Shape.Choices _ -> Long.BYTES;
            default -> Float.BYTES;
        };
    }

    /**
     * Runs the layer.
     *
     * @return the results, the session's own until its next run
     * @throws LanewiseException if an input is missing, unknown or does not fit; nothing has been computed then
     * @throws IllegalStateException if the session is closed
     */
    public Outputs run(Inputs inputs) {
        if (closed) {
            throw new IllegalStateException("a reference session must not be used after it is closed");
        }
        if (!door.takes(inputs)) {
            throw new LanewiseException("a reference session takes the inputs that it was opened for: expected "
                    + List.of(door.names()) + ", inputs=" + inputs.names());
        }
        int batch = door.check(inputs);
        requireArrays(batch);
        Map<String, ReferenceTensor<float[]>> computed = ReferenceExecutor.floats().run(graph, reference(batch));
        graph.outputs().forEach((name, value) -> store(value.shape(), computed.get(name), batch, results.get(name)));
        return outputs;
    }

    // ---------------------------------------------------------------- inputs

    private ReferenceInputs reference(int batch) {
        ReferenceInputs inputs = new ReferenceInputs(batch).emptyAttention(options.emptyAttention().fill());
        door.told().forEach(stream -> {
            RowMask padding = door.masks()[stream.index()];
            int length = door.lengths()[stream.index()];
            inputs.rows(stream.length().name(), length,
                    padding == null ? null : validRows(padding, batch * stream.sequences(), length));
        });
        for (int i = 0; i < door.names().length; i++) {
            String name = door.names()[i];
            Stream stream = door.slots()[i].stream();
            int length = door.lengths()[stream.index()];
            RowMask padding = name.equals(stream.source()) ? door.masks()[stream.index()] : null;
            if (door.isIds(i)) {
                inputs.tokens(name, length, ids(door, i, batch * stream.sequences() * length, length),
                        padding == null ? null : validRows(padding, batch * stream.sequences(), length));
                continue;
            }
            float[] floats = floats(door.data()[i]);
            if (padding == null) {
                inputs.input(name, length, floats);
            } else {
                inputs.input(name, length, floats, validRows(padding, batch, length));
            }
        }
        return inputs;
    }

    /** Returns ids; what stands where there is padding may be any number, and is 0 here. */
    private static int[] ids(Door door, int input, int count, int length) {
        RowMask padding = door.masks()[door.slots()[input].stream().index()];
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            boolean isPadding = padding != null && padding.isPadding(i / length, i % length);
            ids[i] = isPadding ? 0 : door.data()[input].bits(i);
        }
        return ids;
    }

    private static float[] floats(TensorData data) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(data.bytes(), Float.BYTES);
            data.copyTo(0, copy, 0, data.bytes() / Float.BYTES);
            return copy.toArray(ValueLayout.JAVA_FLOAT);
        }
    }

    private static boolean[] validRows(RowMask padding, int batch, int length) {
        boolean[] valid = new boolean[batch * length];
        for (int row = 0; row < valid.length; row++) {
            valid[row] = !padding.isPadding(row / length, row % length);
        }
        return valid;
    }

    // ---------------------------------------------------------------- sizes

    /** Every value of the graph becomes an array, attention scores included. */
    private void requireArrays(int batch) {
        for (Value value : graph.values()) {
            double elements = batch * elements(value.shape());
            if (elements > MAX_ARRAY_ELEMENTS) {
                throw new LanewiseException(
                        "the reference needs every value to fit an array of %d elements: %s has %.0f"
                                .formatted(MAX_ARRAY_ELEMENTS, value.shape(), elements));
            }
        }
    }

    /** Returns the elements of a sample; the size of a constant is that of an array already. */
    private double elements(Shape shape) {
        return switch (shape) {
            case Shape.Rows rows -> (double) rows.length().sequences() * length(rows.length()) * rows.features();
            case Shape.Pairs pairs -> (double) pairs.queries().sequences() * pairs.heads() * length(pairs.queries())
                    * length(pairs.keys());
            case Shape.PairBits pairs -> (double) length(pairs.queries()) * length(pairs.keys());
            case Shape.RowBits bits -> length(bits.length());
            case Shape.Indices indices -> (double) indices.length().sequences() * length(indices.length());
            case Shape.Numbers numbers -> numbers.sequences();
            case Shape.Stacked parts -> (double) parts.parts() * parts.features();
            case Shape.Choices _ -> 1;
            case Shape.Matrix _,Shape.Vector _ -> 0;
        };
    }

    private int length(Length length) {
        return length.rows(this::length);
    }

    private int length(String name) {
        for (Slot slot : door.slots()) {
            if (slot.stream().length().name().equals(name)) {
                return door.lengths()[slot.stream().index()];
            }
        }
        throw new IllegalArgumentException("a length must be an input's: length=" + name);
    }

    // ---------------------------------------------------------------- outputs

    private void store(Shape shape, ReferenceTensor<float[]> computed, int batch, OutputTensor to) {
        switch (shape) {
            case Shape.Rows rows -> to.shapeRows(batch, rows, shown(rows.length(), batch));
            case Shape.Numbers numbers -> to.shapeNumbers(batch, numbers);
            case Shape.Stacked parts -> to.shape(parts.parts(), batch, parts.features());
            case Shape.Choices _ -> to.shape(batch);
            case Shape.Pairs pairs ->
                to.shapePairs(batch, pairs, shown(pairs.queries(), batch), shown(pairs.keys(), batch));
            case Shape.PairBits bits ->
                to.shape(batch, length(bits.queries()), length(bits.keys()));
            default ->
                throw new IllegalArgumentException("an output must be rows, attention or a mask: shape=" + shape);
        }
        to.segment().copyFrom(switch (computed) {
            case ReferenceTensor.Numbers<float[]> numbers -> MemorySegment.ofArray(numbers.cells());
            case ReferenceTensor.Bits<float[]> bits -> MemorySegment.ofArray(bytes(bits.cells()));
            case ReferenceTensor.Indices<float[]> whole ->
                MemorySegment.ofArray(Arrays.stream(whole.cells()).asLongStream().toArray());
        });
    }

    /** Returns the length of results: where they are cut, up to the last row that any sequence has. */
    private int shown(Length length, int batch) {
        if (length.isDerived()) {
            return length.of().stream().mapToInt(part -> shown(part, batch)).sum();
        }
        Stream stream = door.told().stream().filter(told -> told.length().equals(length)).findFirst().orElse(null);
        RowMask padding = stream == null ? null : door.masks()[stream.index()];
        if (length.kind() != Length.Kind.TRIMMED || padding == null) {
            return length(length);
        }
        int end = 0;
        for (int sequence = 0; sequence < batch * length.sequences(); sequence++) {
            for (int row = end; row < length(length); row++) {
                end = padding.isPadding(sequence, row) ? end : row + 1;
            }
        }
        return end;
    }

    private static byte[] bytes(boolean[] bits) {
        byte[] bytes = new byte[bits.length];
        for (int i = 0; i < bits.length; i++) {
            bytes[i] = (byte) (bits[i] ? 1 : 0);
        }
        return bytes;
    }

    /** Frees the outputs. Closing twice is allowed. */
    @Override
    public void close() {
        closed = true;
        results.values().forEach(OutputTensor::close);
    }
}
