package io.lanewise.kernels;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

import io.lanewise.memory.Block;

/**
 * A linear layer's constant weight, laid out once in the order in which {@link Kernels#packedMatMul} reads it.
 *
 * <p>Output columns go in panels of {@link Kernels#panel()}; within a panel, the panel's columns of one input feature are
 * adjacent. Columns and depth follow the layouts of the rows written and read, with zeros where those are padded:
 *
 * <pre>
 *   panel 0: [depth 0: column 0 … P-1] [depth 1: column 0 … P-1] …
 *   panel 1: [depth 0: column P … 2P-1] …
 *   bias:    [column 0 … N-1], zeros where there is none
 * </pre>
 *
 * <p>As {@link Storage#BF16}, two columns of a panel are one {@code int}: column c, of the first half, is the lower half of it, and
 * column c + P/2 the upper one, so that one load of a vector is widened to two by a shift and a mask. As {@link Storage#INT8}, four
 * numbers are, so that a load is widened to four vectors: c, c + L, c + 2L and c + 3L of a panel of 4 vectors of L; of narrower panels
 * those of two depths, the even one below. The bias stays float, and behind it are the scales of {@link Storage#INT8}.
 *
 * <p>Immutable once packed, and shared by all sessions.
 *
 * @param segment the memory, owned by the model
 * @param offsetBytes where panel 0 starts, a multiple of {@link Block#ALIGNMENT}
 * @param columns the output row's width, a multiple of the panel
 * @param depth the input row's width
 * @param storage how its numbers are stored
 * @param hasBias whether a bias is added
 * @param isStreamed whether it comes from memory whenever it is read, since a run reads more than caches keep
 */
public record PackedWeight(MemorySegment segment, long offsetBytes, int columns, int depth, Storage storage,
        boolean hasBias, boolean isStreamed) {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    /** What caches are taken to keep from one run to the next, in bytes: a processor's share of those that several use. */
    private static final long KEPT_BYTES = 8 << 20;

    /** Returns whether weights that take so many bytes in all are streamed. */
    public static boolean isStreamed(long bytes) {
        return bytes > KEPT_BYTES;
    }

    /** Returns the bytes that a weight between two layouts takes. */
    public static long bytes(RowLayout output, RowLayout input, Storage storage) {
        long column = (long) input.width() * storage.bytes() + Float.BYTES + storage.scaleBytes();
        return Block.roundUp(output.width() * column, Block.ALIGNMENT);
    }

    /** Returns where the bias starts, in bytes. */
    public long biasByte() {
        return offsetBytes + (long) columns * depth * storage.bytes();
    }

    /** Returns where the scales start, in bytes; of {@link Storage#INT8} alone. */
    private long scaleByte() {
        return biasByte() + (long) columns * Float.BYTES;
    }

    /** Returns the address of panel 0. */
    public long address() {
        return segment.address() + offsetBytes;
    }

    /** Returns the address of the bias. */
    public long biasAddress() {
        return segment.address() + biasByte();
    }

    /** Returns the address of the scales; of {@link Storage#INT8} alone. */
    public long scaleAddress() {
        return segment.address() + scaleByte();
    }

    /** Numbers of a matrix, row-major, which need not be in memory all at once. */
    @FunctionalInterface
    public interface Numbers {

        /** Copies some, the first to the start of an array. */
        void copy(long first, int count, float[] to);
    }

    /** Packs a weight in an array; otherwise as the other one. */
    public static PackedWeight pack(float[] weight, float[] bias, RowLayout output, RowLayout input, int panel,
            MemorySegment segment, long offsetBytes, Storage storage, boolean isStreamed) {
        return pack((first, count, to) -> System.arraycopy(weight, Math.toIntExact(first), to, 0, count), bias, output,
                input, panel, segment, offsetBytes, storage, isStreamed);
    }

    /**
     * Packs a weight into zeroed memory, a panel at a time. As {@link Storage#BF16} and {@link Storage#INT8}, numbers are rounded to the
     * nearest.
     *
     * @param weight {@code [output.features(), input.features()]}, row-major, as PyTorch stores it
     * @param bias {@code [output.features()]}, or null
     * @param segment where to; at {@code offsetBytes} there are {@link #bytes} zero bytes
     * @param isStreamed see the component
     */
    public static PackedWeight pack(Numbers weight, float[] bias, RowLayout output, RowLayout input, int panel,
            MemorySegment segment, long offsetBytes, Storage storage, boolean isStreamed) {
        if (storage == Storage.INT8 && input.width() % 2 != 0) {
            throw new IllegalArgumentException("INT8 needs whole pairs of depths: width=" + input.width());
        }
        PackedWeight packed = new PackedWeight(segment, offsetBytes, output.width(), input.width(), storage,
                bias != null, isStreamed);
        int inputs = input.features();
        int[] places = new int[inputs];
        Arrays.setAll(places, in -> input.column(in) * panel);
        float[] rows = new float[Math.multiplyExact(inputs, panel)]; // of a panel: arrays are fast before C2 has compiled this
        float[] cells = new float[Math.multiplyExact(input.width(), panel)];
        int end;
        for (int out = 0; out < output.features(); out = end) {
            int start = output.column(out) / panel * panel;
            end = endOfPanel(output, out, start + panel);
            weight.copy((long) out * inputs, (end - out) * inputs, rows);
            Arrays.fill(cells, 0);
            for (int row = out; row < end; row++) {
                packed.putRow(row, output.column(row), rows, (row - out) * inputs, inputs, bias);
                spread(rows, (row - out) * inputs, cells, output.column(row) - start, places);
            }
            packed.putPanel(start, cells, panel);
        }
        return packed;
    }

    /** Returns the first row from one on whose column lies behind a panel. */
    private static int endOfPanel(RowLayout output, int out, int column) {
        int end = out + 1;
        while (end < output.features() && output.column(end) < column) {
            end++;
        }
        return end;
    }

    /** Puts what a column has besides its numbers: bias and scale. */
    private void putRow(int row, int column, float[] rows, int first, int inputs, float[] bias) {
        if (storage == Storage.INT8) {
            segment.set(FLOAT, scaleByte() + (long) column * Float.BYTES, Int8.scale(rows, first, inputs));
        }
        if (bias != null) {
            segment.set(FLOAT, biasByte() + (long) column * Float.BYTES, bias[row]);
        }
    }

    /** A method of its own, which is compiled after some rows; the loop around it takes until all are packed. */
    private static void spread(float[] weight, int first, float[] cells, int cell, int[] places) {
        for (int in = 0; in < places.length; in++) {
            cells[places[in] + cell] = weight[first + in];
        }
    }

    /** Puts all depth of a panel, which starts at a column: {@code cells[k · panel + c]}. */
    private void putPanel(int column, float[] cells, int panel) {
        long first = rowByte(column, 0, panel);
        switch (storage) {
            case F32 -> MemorySegment.copy(cells, 0, segment, FLOAT, first, cells.length);
            case BF16 -> putPairs(first, cells, panel / 2);
            case INT8 -> putQuads(first, cells, column, panel);
        }
    }

    private void putPairs(long first, float[] cells, int half) {
        for (int i = 0; i < cells.length / 2; i++) {
            int cell = i / half * 2 * half + i % half;
            int upper = BFloat16.nearestBits(cells[cell + half]);
            segment.set(INT, first + (long) i * Integer.BYTES,
                    upper << Short.SIZE | BFloat16.nearestBits(cells[cell]));
        }
    }

    private void putQuads(long first, float[] cells, int column, int panel) {
        float[] scales = new float[panel];
        readScales(column, scales, panel);
        int lanes = panel / SumOrder.vectorsOfPanel(panel);
        for (int i = 0; i < cells.length / Integer.BYTES; i++) {
            int quad = 0;
            for (int quarter = 0; quarter < Integer.BYTES; quarter++) {
                int cell = (i / lanes * Integer.BYTES + quarter) * lanes + i % lanes;
                quad |= (Int8.nearest(cells[cell], scales[cell % panel]) & 0xFF) << quarter * Byte.SIZE;
            }
            segment.set(INT, first + (long) i * Integer.BYTES, quad);
        }
    }

    /**
     * Copies some depth of a panel, which starts at a column, to an array, widened if need be: {@code to[k · panel + c]}; as
     * {@link Storage#INT8} without the scale.
     */
    public void readPanel(int column, int firstDepth, float[] to, int depthCount, int panel) {
        long first = rowByte(column, firstDepth, panel);
        switch (storage) {
            case F32 -> MemorySegment.copy(segment, FLOAT, first, to, 0, depthCount * panel);
            case BF16 -> readPairs(first, to, depthCount, panel / 2);
            case INT8 -> readQuads(first, to, depthCount, panel);
        }
    }

    private void readPairs(long first, float[] to, int depthCount, int half) {
        for (int i = 0; i < depthCount * half; i++) {
            int pair = segment.get(INT, first + (long) i * Integer.BYTES);
            int cell = i / half * 2 * half + i % half;
            to[cell] = BFloat16.lower(pair);
            to[cell + half] = BFloat16.upper(pair);
        }
    }

    private void readQuads(long first, float[] to, int depthCount, int panel) {
        int lanes = panel / SumOrder.vectorsOfPanel(panel);
        for (int i = 0; i < depthCount * panel / Integer.BYTES; i++) {
            int quad = segment.get(INT, first + (long) i * Integer.BYTES);
            int cell = i / lanes * Integer.BYTES * lanes + i % lanes;
            for (int quarter = 0; quarter < Integer.BYTES; quarter++) {
                to[cell + quarter * lanes] = (byte) (quad >> quarter * Byte.SIZE);
            }
        }
    }

    /** Copies the scales of some columns to an array; of {@link Storage#INT8} alone. */
    public void readScales(int column, float[] to, int count) {
        MemorySegment.copy(segment, FLOAT, scaleByte() + (long) column * Float.BYTES, to, 0, count);
    }

    /** Copies the bias of some columns to an array, zeros where the layer has none. */
    public void readBias(int column, float[] to, int count) {
        MemorySegment.copy(segment, FLOAT, biasByte() + (long) column * Float.BYTES, to, 0, count);
    }

    /** Returns where a depth's row of a panel starts, in bytes. */
    private long rowByte(int column, int k, int panel) {
        return offsetBytes + ((long) column * depth + (long) k * panel) * storage.bytes();
    }
}
