package io.lanewise.importers.torch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import io.lanewise.LanewiseException;

/** The bytes of pickles, one after the other; nothing is allocated for bytes that are not there. */
final class PickleInput {

    private static final int MOST_LINE = 4096;

    private final InputStream in;
    private final long size;
    private long position;

    /** Reads so many bytes of a stream. */
    PickleInput(InputStream in, long size) {
        this.in = in;
        this.size = size;
    }

    long position() {
        return position;
    }

    int next() throws IOException {
        int next = position < size ? in.read() : -1;
        if (next < 0) {
            throw new LanewiseException("a pickle must not end before its last instruction: position=" + position);
        }
        position++;
        return next;
    }

    byte[] take(long bytes) throws IOException {
        if (bytes < 0 || bytes > size - position || bytes > Integer.MAX_VALUE - 8) {
            throw new LanewiseException("a pickle's texts must not reach beyond its end: position=%d, length=%d"
                    .formatted(position, bytes));
        }
        byte[] taken = in.readNBytes((int) bytes);
        position += taken.length;
        if (taken.length < bytes) {
            throw new LanewiseException("a pickle must not end before its last instruction: position=" + position);
        }
        return taken;
    }

    int shortNumber() throws IOException {
        return ByteBuffer.wrap(take(Short.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getShort() & 0xffff;
    }

    int number() throws IOException {
        return ByteBuffer.wrap(take(Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    long longNumber() throws IOException {
        return ByteBuffer.wrap(take(Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    double real() throws IOException {
        return ByteBuffer.wrap(take(Double.BYTES)).getDouble();
    }

    String text(long bytes) throws IOException {
        return new String(take(bytes), StandardCharsets.UTF_8);
    }

    /** Reads a line without its end. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = next(); next != '\n'; next = next()) {
            line.append((char) next);
            if (line.length() > MOST_LINE) {
                throw new LanewiseException("a pickle's names must not be longer than %d characters: position=%d"
                        .formatted(MOST_LINE, position));
            }
        }
        return line.toString();
    }
}
