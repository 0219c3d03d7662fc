package io.lanewise.importers.onnx;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.lanewise.LanewiseException;

import static io.lanewise.LanewiseException.quote;

/**
 * The files beside a graph that hold what is too large for it. They are looked for in the graph's own folder, and never outside it:
 * neither by {@code ..} nor through a link.
 *
 * @param folder the graph's; null where the graph was read from a stream
 * @see <a href="https://github.com/onnx/onnx/blob/main/docs/ExternalData.md">the format</a>
 */
record ExternalData(Path folder) {

    /** Where a tensor's bytes are. */
    record Place(Path file, long offset, int bytes) {}

    /**
     * Finds a tensor's bytes without reading them.
     *
     * @throws LanewiseException if the place is outside the folder, or not all there
     */
    Place find(TensorProto tensor, long bytes) {
        String tensorName = quote(tensor.getName());
        if (folder == null) {
            throw new LanewiseException("data beside the graph needs the graph's folder, which a stream does not have: "
                    + "tensor=%s, location=%s".formatted(tensorName, quote(entry(tensor, "location", ""))));
        }
        Path file = inside(tensor);
        long offset = number(tensor, "offset", 0);
        long length = number(tensor, "length", bytes);
        if (length != bytes) {
            throw new LanewiseException("data beside the graph must fill the tensor: tensor=%s, length=%d, expected=%d"
                    .formatted(tensorName, length, bytes));
        }
        long size = sizeOf(file);
        if (offset > size || bytes > size - offset) {
            throw new LanewiseException("data beside the graph must be all there: tensor=%s, offset=%d, length=%d, "
                    .formatted(tensorName, offset, length) + "file=%s, file bytes=%d".formatted(file, size));
        }
        return new Place(file, offset, Math.toIntExact(bytes));
    }

    private Path inside(TensorProto tensor) {
        String location = entry(tensor, "location", "");
        try {
            Path relative = Path.of(location);
            Path file = folder.resolve(relative);
            boolean stays = !location.isEmpty() && !relative.isAbsolute()
                    && file.normalize().startsWith(folder.normalize())
                    && (!Files.exists(file) || file.toRealPath().startsWith(folder.toRealPath()));
            if (stays && Files.isRegularFile(file)) {
                return file;
            }
            throw new LanewiseException(stays
                    ? "data beside the graph must be there: tensor=%s, file=%s".formatted(quote(tensor.getName()),
                            quote(file.toString()))
                    : refusal(tensor, location));
        } catch (IOException | InvalidPathException e) {
            throw new LanewiseException(refusal(tensor, location), e);
        }
    }

    private String refusal(TensorProto tensor, String location) {
        return "data beside the graph must stay in its folder: tensor=%s, location=%s, folder=%s".formatted(
                quote(tensor.getName()), quote(location), folder);
    }

    private static String entry(TensorProto tensor, String key, String absent) {
        return tensor.getExternalDataList().stream().filter(entry -> entry.getKey().equals(key)).findFirst()
                .map(StringStringEntryProto::getValue).orElse(absent);
    }

    private static long number(TensorProto tensor, String key, long absent) {
        String text = entry(tensor, key, Long.toString(absent));
        if (!text.matches("[0-9]{1,18}")) {
            throw new LanewiseException("data beside the graph must have a place: tensor=%s, %s=%s".formatted(
                    quote(tensor.getName()), key, quote(text)));
        }
        return Long.parseLong(text);
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Reads a tensor's bytes. */
    ByteBuffer read(Place place) {
        ByteBuffer bytes = ByteBuffer.allocate(place.bytes());
        try (FileChannel channel = FileChannel.open(place.file())) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, place.offset() + bytes.position()) < 0) {
                    throw new EOFException();
                }
            }
            return bytes.flip();
        } catch (IOException e) {
            throw unreadable(place.file(), e);
        }
    }

    private static LanewiseException unreadable(Path file, IOException e) {
        return new LanewiseException("data beside the graph must be readable: file=" + file, e);
    }
}
