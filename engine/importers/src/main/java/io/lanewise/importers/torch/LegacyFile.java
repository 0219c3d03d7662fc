package io.lanewise.importers.torch;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.lanewise.LanewiseException;

import static io.lanewise.LanewiseException.quote;

/** The container before PyTorch 1.6: five pickles one after the other, then the storages, each with its count in front. */
record LegacyFile(FileChannel channel, Map<String, Long> offsets) implements TorchFile.Container {

    /** The first pickle is one number, {@code 0x1950a86a20f9469cfc6c}. */
    private static final byte[] MAGIC = {(byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46,
            (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19, '.'};
    private static final int VERSION = 1001;
    private static final int TAR_MAGIC = 257;

    static boolean isOne(byte[] start) {
        return start.length > MAGIC.length
                && ByteBuffer.wrap(start, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    static TorchFile.Read read(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path);
        try {
            return read(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static TorchFile.Read read(FileChannel channel) throws IOException {
        PickleInput in = new PickleInput(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16),
                channel.size());
        byte[] start = in.take(Math.min(MAGIC.length, channel.size()));
        if (!ByteBuffer.wrap(start).equals(ByteBuffer.wrap(MAGIC))) {
            throw new LanewiseException(isTar(channel)
                    ? "a file of a PyTorch before 0.2 (a tar archive) cannot be read: save it anew"
                    : "file must be one that PyTorch saved: neither a zip archive nor its older format");
        }
        if (!(numbersOnly(in) instanceof Pickled.Int(long version)) || version != VERSION) {
            throw new LanewiseException("the older format's version must be " + VERSION);
        }
        if (numbersOnly(in) instanceof Pickled.Dict system
                && system.get("little_endian") instanceof Pickled.Bool(boolean isLittle) && !isLittle) {
            throw new LanewiseException("a file must be little endian: little_endian=False");
        }
        StorageIds ids = new StorageIds();
        Pickled root = new PickleMachine(in, new TensorCalls(), ids::find).run();
        return new TorchFile.Read(root, new LegacyFile(channel, offsets(in, channel, ids)));
    }

    private static boolean isTar(FileChannel channel) throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(5);
        return channel.read(magic, TAR_MAGIC) == 5 && new String(magic.array(), StandardCharsets.US_ASCII)
                .equals("ustar");
    }

    /** The pickles around the object's have nothing to call, and no storages. */
    private static Pickled numbersOnly(PickleInput in) throws IOException {
        return new PickleMachine(in, Calls.NONE, _ -> {
            throw new LanewiseException("a pickle that describes the file must have no storages");
        }).run();
    }

    /** Each storage comes once, in the order of the keys. */
    private static Map<String, Long> offsets(PickleInput in, FileChannel channel, StorageIds ids) throws IOException {
        if (!(numbersOnly(in) instanceof Pickled.Sequence keys)) {
            throw new LanewiseException("storages must be listed by their keys");
        }
        Map<String, Long> offsets = new HashMap<>();
        long at = in.position();
        for (Pickled key : keys.values) {
            Pickled.Storage storage = key instanceof Pickled.Text(String text) ? ids.all().get(text) : null;
            if (storage == null || offsets.containsKey(storage.key())) {
                throw new LanewiseException("storages must each be asked for, and come once: key="
                        + (key instanceof Pickled.Text(String text) ? quote(text) : "of another kind"));
            }
            long count = readFully(channel, at, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
            requireCount(storage, count);
            offsets.put(storage.key(), at + Long.BYTES);
            at = end(channel, at + Long.BYTES, storage);
        }
        if (offsets.size() < ids.all().size()) {
            throw new LanewiseException("all storages must be there: asked for %d, found %d".formatted(
                    ids.all().size(), offsets.size()));
        }
        if (at != channel.size()) {
            throw new LanewiseException("nothing may follow the storages: bytes=" + (channel.size() - at));
        }
        return offsets;
    }

    private static void requireCount(Pickled.Storage storage, long count) {
        if (count != storage.count()) {
            throw new LanewiseException(
                    "a storage must have as many elements as its tensors say: storage=%s, count=%d, "
                            .formatted(quote(storage.key()), count) + "expected=" + storage.count());
        }
    }

    private static long end(FileChannel channel, long start, Pickled.Storage storage) throws IOException {
        long left = channel.size() - start;
        int width = storage.type().type().bytes();
        if (storage.count() > left / width) {
            throw new LanewiseException("a storage must be all there: storage=%s, elements=%d, bytes left=%d".formatted(
                    quote(storage.key()), storage.count(), left));
        }
        return start + storage.count() * width;
    }

    @Override
    public byte[] read(Pickled.Storage storage, long offset, int bytes) throws IOException {
        return readFully(channel, offsets.get(storage.key()) + offset, bytes).array();
    }

    private static ByteBuffer readFully(FileChannel channel, long at, int bytes) throws IOException {
        if (bytes > channel.size() - at) {
            throw new LanewiseException("a storage must be all there: position=%d, bytes left=%d".formatted(at,
                    channel.size() - at));
        }
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
