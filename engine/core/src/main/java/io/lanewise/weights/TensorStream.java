package io.lanewise.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** Streams a header and tensors into a channel, through one buffer in which each element becomes little endian. */
final class TensorStream {
    private static final int BUFFER_BYTES = 1 << 20;

    private final WritableByteChannel out;
    private final MemorySegment buffer;
    private final ByteBuffer view;

    private TensorStream(final WritableByteChannel out, final MemorySegment buffer) {
        this.out = out;
        this.buffer = buffer;
        this.view = buffer.asByteBuffer();
    }

    static void write(final WritableByteChannel out, final byte[] header, final List<WriterEntry> entries)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            final TensorStream stream = new TensorStream(out, arena.allocate(BUFFER_BYTES, Long.BYTES));
            stream.writeLength(header.length);
            stream.write(ValueLayout.JAVA_BYTE, ValueLayout.JAVA_BYTE, MemorySegment.ofArray(header));
            for (final WriterEntry entry : entries) {
                final ValueLayout layout = entry.type().layout();
                stream.write(layout.withOrder(entry.order()), layout, entry.data().get());
            }
        }
    }

    private void writeLength(final long headerBytes) throws IOException {
        buffer.setAtIndex(ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN), 0, headerBytes);
        drain(Long.BYTES);
    }

    private void write(final ValueLayout from, final ValueLayout to, final MemorySegment data) throws IOException {
        long done = 0;
        while (done < data.byteSize()) {
            final long bytes = Math.min(BUFFER_BYTES, data.byteSize() - done);
            MemorySegment.copy(data, from, done, buffer, to, 0, bytes / to.byteSize());
            drain((int) bytes);
            done += bytes;
        }
    }

    private void drain(final int bytes) throws IOException {
        view.clear().limit(bytes);
        while (view.hasRemaining()) {
            out.write(view);
        }
    }
}
