package io.lanewise.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Builds weight files by hand, right or wrong. */
final class FileBytes {
    private FileBytes() {}

    static byte[] of(final String header, final int dataBytes) {
        return of(header.getBytes(UTF_8), new byte[dataBytes]);
    }

    static byte[] of(final byte[] header, final byte[] data) {
        return withLength(header.length, header, data);
    }

    static byte[] withLength(final long claimed, final byte[] header, final byte[] data) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(claimed).array());
        bytes.writeBytes(header);
        bytes.writeBytes(data);
        return bytes.toByteArray();
    }

    static String entry(final String name, final String type, final String shape, final long begin, final long end) {
        return "\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + ","
                + end + "]}";
    }

    static Path write(final Path directory, final byte[] bytes) {
        try {
            return Files.write(directory.resolve("weights.safetensors"), bytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
