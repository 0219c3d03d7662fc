package io.lanewise.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

import io.lanewise.LanewiseException;
import io.lanewise.memory.unchecked.AddressSpace;

/** Read access to the floats of a caller's tensor, wherever they are; never written to. */
public sealed interface TensorData permits TensorData.InSegment, TensorData.AtAddress, GrowingIds {

    /**
     * Copies floats into off-heap memory. The caller has checked that they are there.
     *
     * @throws LanewiseException if they lie in a mapped file that has become too short for them
     */
    void copyTo(long firstFloat, MemorySegment to, long toByte, long floats);

    /** Returns the bits of one cell, which the caller has checked to be there. */
    int bits(long cell);

    /** Says whether the memory was not freed yet, as far as can be told. */
    boolean isThere();

    /** Says whether a thread may read the memory. */
    boolean isReadableBy(Thread thread);

    /** Returns the address of the first float, or 0 if the memory is on the heap. */
    long address();

    /** Returns the size in bytes. */
    long bytes();

    /** Floats in a segment, off-heap or a private copy on the heap; access to freed memory throws. */
    record InSegment(MemorySegment segment) implements TensorData {
        @Override
        public void copyTo(long firstFloat, MemorySegment to, long toByte, long floats) {
            try {
                MemorySegment.copy(segment, firstFloat * Float.BYTES, to, toByte, floats * Float.BYTES);
                if (segment.isMapped()) {
                    // Compiled code throws a fault of the copy only at a later safepoint, which could lie outside a
                    // worker's job. A native call is one, so the fault cannot get past this, which costs least of them.
                    Thread.holdsLock(this);
                }
            } catch (InternalError e) {
                throw new LanewiseException(
                        "memory of an input must stay as it is while it is used: a mapped file shrank", e);
            }
        }

        @Override
        public int bits(long cell) {
            return segment.get(ValueLayout.JAVA_INT_UNALIGNED, cell * Integer.BYTES);
        }

        @Override
        public boolean isThere() {
            return segment.scope().isAlive();
        }

        @Override
        public boolean isReadableBy(Thread thread) {
            return segment.isAccessibleBy(thread);
        }

        @Override
        public long address() {
            return segment.isNative() ? segment.address() : 0;
        }

        @Override
        public long bytes() {
            return segment.byteSize();
        }
    }

    /**
     * Floats at a bare address, as an Agrona buffer over foreign memory has them. Nothing can tell whether that memory is
     * still there: it is the owner's promise.
     *
     * @param keepAlive whatever must stay reachable for the memory to stay
     */
    record AtAddress(long address, long bytes, Object keepAlive) implements TensorData {

        /**
         * Describes the floats.
         *
         * @throws LanewiseException if the JVM denies what reading at an address takes
         */
        public AtAddress {
            if (!AddressSpace.isReached()) {
                throw new LanewiseException(
                        "a tensor over an address takes native access, which this JVM denies; wrap a segment: address="
                                + address);
            }
        }

        @Override
        public void copyTo(long firstFloat, MemorySegment to, long toByte, long floats) {
            long from = (address & AddressSpace.ADDRESS) + firstFloat * Float.BYTES;
            MemorySegment.copy(AddressSpace.ALL, from, to, toByte, floats * Float.BYTES);
        }

        @Override
        public int bits(long cell) {
            return AddressSpace.ALL.get(ValueLayout.JAVA_INT_UNALIGNED,
                    (address & AddressSpace.ADDRESS) + cell * Integer.BYTES);
        }

        @Override
        public boolean isThere() {
            return true;
        }

        @Override
        public boolean isReadableBy(Thread thread) {
            return true;
        }
    }
}
