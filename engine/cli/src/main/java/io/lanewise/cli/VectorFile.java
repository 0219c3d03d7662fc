package io.lanewise.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/** A file of vectors that grows as they are made: its header, which says how many there are, is written last. */
final class VectorFile {

    private final SeekableByteChannel file;
    private final VectorFormat format;
    private final int columns;
    private long rows;

    /** Begins a file; room is left for its header. */
    VectorFile(SeekableByteChannel file, VectorFormat format, int columns) throws IOException {
        this.file = file;
        this.format = format;
        this.columns = columns;
        file.position(format.header(0, columns).length);
    }

    /** Adds vectors. */
    void add(float[][] vectors) {
        ByteBuffer bytes = ByteBuffer.allocate(vectors.length * columns * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float[] vector : vectors) {
            bytes.asFloatBuffer().put(vector);
            bytes.position(bytes.position() + columns * Float.BYTES);
        }
        try {
            write(bytes.flip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows += vectors.length;
    }

    /** Writes the header. */
    void finish() throws IOException {
        file.position(0);
        write(ByteBuffer.wrap(format.header(rows, columns)));
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    /** Returns how many vectors there are. */
    long rows() {
        return rows;
    }
}
