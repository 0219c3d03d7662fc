package io.lanewise;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

import io.lanewise.graph.Graph;
import io.lanewise.graph.HeadSplit;
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
        return output.shape() instanceof Shape.PairBits ? 1 : Float.BYTES;
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
        for (int i = 0; i < door.names().length; i++) {
            String name = door.names()[i];
            Stream stream = door.slots()[i].stream();
            int length = door.lengths()[stream.index()];
            RowMask padding = name.equals(stream.source()) ? door.masks()[stream.index()] : null;
            if (door.isIds(i)) {
                inputs.tokens(name, length, ids(door, i, batch * length, length),
                        padding == null ? null : validRows(padding, batch, length));
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
            case Shape.Rows rows -> (double) length(rows.length()) * rows.features();
            case Shape.Pairs pairs ->
                (double) pairs.heads() * length(pairs.queries()) * length(pairs.keys());
            case Shape.PairBits pairs -> (double) length(pairs.queries()) * length(pairs.keys());
            case Shape.RowBits bits -> length(bits.length());
            case Shape.Indices indices -> length(indices.length());
            case Shape.Numbers _ -> 1;
            case Shape.Matrix _,Shape.Vector _ -> 0;
        };
    }

    private int length(Length length) {
        if (length.kind() == Length.Kind.ONE) {
            return 1;
        }
        String name = length.name();
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
            case Shape.Rows rows when rows.length().kind() == Length.Kind.ONE -> to.shape(batch, rows.features());
            case Shape.Rows rows -> to.shape(batch, length(rows.length()), rows.features());
            case Shape.Numbers _ -> to.shape(batch);
            case Shape.Pairs pairs -> shapeAttention(pairs, batch, to);
            case Shape.PairBits bits ->
                to.shape(batch, length(bits.queries()), length(bits.keys()));
            default ->
                throw new IllegalArgumentException("an output must be rows, attention or a mask: shape=" + shape);
        }
        to.segment().copyFrom(to.isFloats()
                ? MemorySegment.ofArray(computed.numbers())
                : MemorySegment.ofArray(bytes(computed.bits())));
    }

    private void shapeAttention(Shape.Pairs pairs, int batch, OutputTensor to) {
        int queries = length(pairs.queries());
        int keys = length(pairs.keys());
        if (pairs.split() == HeadSplit.RESHAPED) {
            to.shape((long) batch * pairs.heads(), queries, keys);
        } else if (pairs.heads() > 1) {
            to.shape(batch, pairs.heads(), queries, keys);
        } else {
            to.shape(batch, queries, keys);
        }
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
