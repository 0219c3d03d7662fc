package io.lanewise.kernels;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

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
 * <p>Immutable once packed, and shared by all sessions.
 *
 * @param segment the memory, owned by the model
 * @param offsetBytes where panel 0 starts, a multiple of {@link Block#ALIGNMENT}
 * @param columns the output row's width, a multiple of the panel
 * @param depth the input row's width
 * @param hasBias whether a bias is added
 * @param isStreamed whether it comes from memory whenever it is read, since a run reads more than caches keep
 */
public record PackedWeight(MemorySegment segment, long offsetBytes, int columns, int depth, boolean hasBias,
        boolean isStreamed) {

    /** What caches are taken to keep from one run to the next, in bytes: a processor's share of those that several use. */
    private static final long KEPT_BYTES = 8 << 20;

    /** Returns whether weights that take so many bytes in all are streamed. */
    public static boolean isStreamed(long bytes) {
        return bytes > KEPT_BYTES;
    }

    /** Returns the bytes that a weight between two layouts takes. */
    public static long bytes(RowLayout output, RowLayout input) {
        return Block.roundUp((long) output.width() * (input.width() + 1L) * Float.BYTES, Block.ALIGNMENT);
    }

    /** Returns where the bias starts, in bytes. */
    public long biasByte() {
        return offsetBytes + (long) columns * depth * Float.BYTES;
    }

    /** Returns the address of panel 0. */
    public long address() {
        return segment.address() + offsetBytes;
    }

    /** Returns the address of the bias. */
    public long biasAddress() {
        return segment.address() + biasByte();
    }

    /**
     * Packs a weight into zeroed memory.
     *
     * @param weight {@code [output.features(), input.features()]}, row-major, as PyTorch stores it
     * @param bias {@code [output.features()]}, or null
     * @param segment where to; at {@code offsetBytes} there are {@link #bytes} zero bytes
     * @param isStreamed see the component
     */
    public static PackedWeight pack(float[] weight, float[] bias, RowLayout output, RowLayout input, int panel,
            MemorySegment segment, long offsetBytes, boolean isStreamed) {
        PackedWeight packed = new PackedWeight(segment, offsetBytes, output.width(), input.width(), bias != null,
                isStreamed);
        for (int out = 0; out < output.features(); out++) {
            int column = output.column(out);
            long panelFloat = (long) (column / panel) * panel * packed.depth + column % panel;
            for (int in = 0; in < input.features(); in++) {
                packed.put(panelFloat + (long) input.column(in) * panel, weight[out * input.features() + in]);
            }
            if (bias != null) {
                packed.put((long) packed.columns * packed.depth + column, bias[out]);
            }
        }
        return packed;
    }

    /** Copies some depth of a panel, which starts at a column, to an array: {@code to[k · panel + c]}. */
    public void readPanel(int column, int firstDepth, float[] to, int depthCount, int panel) {
        read((long) column * depth + (long) firstDepth * panel, to, depthCount * panel);
    }

    /** Copies the bias of some columns to an array, zeros where the layer has none. */
    public void readBias(int column, float[] to, int count) {
        read((long) columns * depth + column, to, count);
    }

    private void read(long index, float[] to, int count) {
        MemorySegment.copy(segment, ValueLayout.JAVA_FLOAT_UNALIGNED, offsetBytes + index * Float.BYTES, to, 0, count);
    }

    private void put(long index, float value) {
        segment.set(ValueLayout.JAVA_FLOAT_UNALIGNED, offsetBytes + index * Float.BYTES, value);
    }
}
