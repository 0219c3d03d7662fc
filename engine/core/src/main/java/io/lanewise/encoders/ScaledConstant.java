package io.lanewise.encoders;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

import io.lanewise.graph.Constant;

/** A constant times a number, multiplied when it is read: a table of words can stay in its file. */
record ScaledConstant(Constant whole, float factor) implements Constant.Source {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    static Constant of(Constant whole, float factor) {
        return new Constant(factor + " · " + whole.name(), whole.shape(), new ScaledConstant(whole, factor));
    }

    @Override
    public float[] all() {
        float[] scaled = whole.values().clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }

    @Override
    public boolean hasParts() {
        return whole.source().hasParts();
    }

    @Override
    public void unload() {
        whole.source().unload();
    }

    @Override
    public void copy(long first, int count, MemorySegment to, long toByte) {
        whole.source().copy(first, count, to, toByte);
        scale(to, toByte, count);
    }

    @Override
    public void copyRows(int[] rows, int count, int columns, MemorySegment to, long toByte, long strideBytes) {
        whole.source().copyRows(rows, count, columns, to, toByte, strideBytes);
        for (int i = 0; i < count; i++) {
            scale(to, toByte + i * strideBytes, columns);
        }
    }

    private void scale(MemorySegment to, long toByte, int count) {
        for (int i = 0; i < count; i++) {
            long cell = toByte + (long) i * Float.BYTES;
            to.set(FLOAT, cell, to.get(FLOAT, cell) * factor);
        }
    }
}
