package io.lanewise.importers.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.lanewise.LanewiseException;

/** Reads an ONNX file: the protobuf message, and from it the graph. */
public final class OnnxFile {

    /** Above 2 GiB a protobuf message has no lengths; nor has a Java array. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;
    private static final int OLDEST_OPSET = 11;
    private static final int NEWEST_OPSET = 23;

    private OnnxFile() {}

    /**
     * Reads a file; data beside it is looked for in its folder.
     *
     * @throws LanewiseException if it is unreadable or is no ONNX file
     */
    static OnnxGraph read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new LanewiseException("file must exist: file=" + file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            requireSmall(Files.size(file), file.toString());
            Path folder = file.toAbsolutePath().getParent();
            return read(in, file.toString(), new ExternalData(folder));
        } catch (IOException e) {
            throw new LanewiseException("file must be readable: file=" + file, e);
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param origin where it came from, for messages
     * @throws LanewiseException if it is no ONNX file
     * @throws IOException if reading fails
     */
    static OnnxGraph read(InputStream in, String origin, ExternalData external) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES);
        requireSmall(bytes.length, origin);
        return graph(message(bytes, origin), origin, external);
    }

    private static void requireSmall(long bytes, String origin) {
        if (bytes >= MOST_BYTES) {
            throw new LanewiseException("an ONNX file must be smaller than 2 GiB, larger weights stand beside it: file="
                    + origin);
        }
    }

    private static ModelProto message(byte[] bytes, String origin) throws IOException {
        try {
            // aliasing: the weights stay where they were read, instead of once more in the message
            CodedInputStream coded = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            coded.enableAliasing(true);
            ModelProto model = ModelProto.parseFrom(coded);
            if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
                throw new LanewiseException("an ONNX file must have a graph with nodes: file=" + origin);
            }
            return model;
        } catch (InvalidProtocolBufferException e) {
            throw new LanewiseException("file must be an ONNX file: file=%s, reason=%s".formatted(origin,
                    LanewiseException.shorten(String.valueOf(e.getMessage()), 160)), e);
        }
    }

    private static OnnxGraph graph(ModelProto model, String origin, ExternalData external) {
        long opset = model.getOpsetImportList().stream().filter(import_ -> GraphReader.isOnnx(import_.getDomain()))
                .mapToLong(OperatorSetIdProto::getVersion).max().orElse(0);
        if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
            throw new LanewiseException("opset must be from %d to %d: opset=%d, file=%s".formatted(OLDEST_OPSET,
                    NEWEST_OPSET, opset, origin));
        }
        try {
            return new GraphReader(model, external).graph(opset);
        } catch (LanewiseException e) {
            throw new LanewiseException(e.getMessage() + ", file=" + origin, e);
        }
    }
}
