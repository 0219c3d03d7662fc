package io.lanewise.importers;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

import io.lanewise.LanewiseException;
import io.lanewise.importers.onnx.RecoveredModel;
import io.lanewise.importers.onnx.Recovery;
import io.lanewise.weights.TensorType;

/**
 * Imports encoders from ONNX files: recovers the model that was exported, instead of interpreting what the exporter made of it.
 * Weights that are whole numbers become floats; that activations were to be quantized too is not kept.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/docs/IR.md">the format</a>
 */
public final class OnnxImporter {

    private OnnxImporter() {}

    /**
     * Reads a file, and what it keeps in files beside it.
     *
     * @throws LanewiseException if it is unreadable, no ONNX file, or holds a node that is no part of an encoder that is known; the
     *         message names the node, its operator and what was expected there
     */
    public static ImportedModel read(Path file) {
        return model(file, Recovery.of(file));
    }

    /**
     * Reads a stream, such as a resource of the class path; its data must all be in it. The stream is not closed.
     *
     * @param origin where it came from, for messages
     * @throws LanewiseException as {@link #read(Path)} does
     */
    public static ImportedModel read(InputStream in, String origin) {
        try {
            return model(null, Recovery.of(in, origin));
        } catch (IOException e) {
            throw new LanewiseException("stream must be readable: stream=" + origin, e);
        }
    }

    private static ImportedModel model(Path source, RecoveredModel model) {
        SequencedMap<String, ImportedTensor> tensors = new LinkedHashMap<>();
        model.weights().forEach((name, weight) -> tensors.put(name,
                new ImportedTensor(TensorType.F32, weight.shape(), () -> bytes(weight.floats().get()))));
        Pooling pooling = model.pooling() == null
                ? null
                : new Pooling(model.pooling(), model.normalizes(), Pooling.Source.GRAPH);
        return new ImportedModel(source, model.config(), Map.of(), tensors, pooling, model.isQuantized(), () -> {});
    }

    /** Says floats as little endian bytes, without a copy where they are that. */
    private static MemorySegment bytes(float[] floats) {
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            return MemorySegment.ofArray(floats);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(floats.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(floats);
        return MemorySegment.ofBuffer(bytes);
    }
}
