package io.lanewise;

import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.SequencedMap;
import java.util.SequencedSet;

import io.lanewise.runtime.OutputTensor;
import io.lanewise.weights.SafetensorsWriter;
import io.lanewise.weights.TensorType;

/**
 * The results of a session's last run, by name.
 *
 * <p>The memory belongs to the session: the next run overwrites it, and closing the session frees it, after which reading
 * throws. Copy what must last.
 */
public final class Outputs {

    private final SequencedMap<String, OutputTensor> tensors;

    Outputs(SequencedMap<String, OutputTensor> tensors) {
        this.tensors = tensors;
    }

    /** Returns the names of the results. */
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(tensors.sequencedKeySet());
    }

    /** Returns the sizes of a result's axes. */
    public long[] shape(String name) {
        return find(name).shape();
    }

    /** Says whether a result is of whole numbers of 64 bits. */
    public boolean isWhole(String name) {
        return find(name).isWhole();
    }

    /** Says whether a result is float32; otherwise it is whole numbers, or one byte an element, 0 or 1. */
    public boolean isFloats(String name) {
        return find(name).isFloats();
    }

    /**
     * Returns a read-only view of a float result, row-major and dense.
     *
     * @throws LanewiseException if there is no result of that name, or it is not float32
     */
    public FloatBuffer floats(String name) {
        OutputTensor tensor = find(name);
        if (!tensor.isFloats()) {
            throw new LanewiseException("output must be float32 to be read as floats: output=" + name);
        }
        return tensor.floats().clear();
    }

    /** Returns a read-only view of a result's bytes. */
    public MemorySegment segment(String name) {
        return find(name).segment().asReadOnly();
    }

    /**
     * Writes all results to a safetensors file, which appears only when it is whole: float results as F32, whole numbers as I64, masks as
     * BOOL.
     *
     * @throws LanewiseException if the file cannot be written; what was there before is untouched
     */
    public void save(Path file) {
        SafetensorsWriter writer = SafetensorsWriter.create();
        for (String name : tensors.keySet()) {
            TensorType type = isFloats(name) ? TensorType.F32 : isWhole(name) ? TensorType.I64 : TensorType.BOOL;
            writer.add(name, type, Arrays.stream(shape(name)).boxed().toList(), segment(name));
        }
        writer.writeTo(file);
    }

    private OutputTensor find(String name) {
        OutputTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new LanewiseException("output must be one of " + tensors.keySet() + ": output=" + name);
        }
        return tensor;
    }
}
