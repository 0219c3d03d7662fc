package io.lanewise.importers.torch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedMap;

import io.lanewise.LanewiseException;
import io.lanewise.importers.torch.Pickled.Tensor;
import io.lanewise.weights.TensorType;

/**
 * A file that PyTorch saved, in the container of its time. Tensors are read from it when they are asked for; it must be closed.
 *
 * @param tensors by name, in the file's order
 * @param settings that a whole module keeps as its own attributes
 */
public record TorchFile(Path path, SequencedMap<String, Tensor> tensors, Map<String, String> settings,
        Container container)
        implements
            AutoCloseable {

    /** What all tensors may take together, beyond a few times what the file has: they can share what they view. */
    private static final long MOST_SHARED_BYTES = 64 << 20;
    private static final int MOST_TIMES = 4;

    /** Where storages are. */
    public interface Container extends AutoCloseable {

        /** Reads bytes of a storage. */
        byte[] read(Pickled.Storage storage, long offset, int bytes) throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * Opens a file and finds its tensors.
     *
     * @throws LanewiseException if it is unreadable, is none of PyTorch's files, or asks for anything but tensors
     */
    public static TorchFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new LanewiseException("file must exist: file=" + path);
        }
        try {
            return opened(path);
        } catch (IOException e) {
            throw new LanewiseException("file must be readable: file=%s, reason=%s".formatted(path,
                    LanewiseException.shorten(String.valueOf(e.getMessage()), 160)), e);
        } catch (LanewiseException e) {
            throw new LanewiseException(e.getMessage() + ", file=" + path, e);
        }
    }

    /** Says whether a file begins as PyTorch's do. */
    public static boolean isOne(Path path) {
        try {
            return isZip(path) || LegacyFile.isOne(start(path));
        } catch (IOException e) {
            return false;
        }
    }

    private static TorchFile opened(Path path) throws IOException {
        Read read = isZip(path) ? ZipArchive.read(path) : LegacyFile.read(path);
        try {
            TorchFile file = new TorchFile(path, StateDict.of(read.root()), StateDict.settings(read.root()),
                    read.container());
            file.requireBounded();
            return file;
        } catch (RuntimeException e) {
            read.container().close(); // what failed before is the failure to report
            throw e;
        }
    }

    /** What a container's pickle holds, and where its storages are. */
    record Read(Pickled root, Container container) {}

    private static boolean isZip(Path path) throws IOException {
        byte[] start = start(path);
        return start.length >= 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4;
    }

    private static byte[] start(Path path) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            return in.readNBytes(512);
        }
    }

    private void requireBounded() {
        long most = MOST_SHARED_BYTES;
        try {
            most += MOST_TIMES * Files.size(path);
        } catch (IOException e) {
            throw new LanewiseException("file must be readable: file=" + path, e);
        }
        long bytes = 0;
        for (Tensor tensor : tensors.values()) {
            long own = StateDict.elements(tensor) * type(tensor).bytes();
            bytes += own;
            if (own > Integer.MAX_VALUE - 8 || bytes > most) {
                throw new LanewiseException(
                        "tensors must not be much larger than their file: bytes=%d, at most %d".formatted(bytes, most));
            }
        }
    }

    /** Returns the element type. */
    public static TensorType type(Tensor tensor) {
        return tensor.storage().type().type();
    }

    /**
     * Reads a tensor's elements, row-major and little endian, whatever its strides.
     *
     * @throws LanewiseException if the file cannot be read
     */
    public MemorySegment read(Tensor tensor) {
        int width = type(tensor).bytes();
        int elements = (int) StateDict.elements(tensor);
        if (elements == 0) {
            return MemorySegment.ofArray(new byte[0]);
        }
        long span = 1;
        for (int i = 0; i < tensor.size().length; i++) {
            span += (tensor.size()[i] - 1) * tensor.stride()[i];
        }
        try {
            if (span * width > Integer.MAX_VALUE - 8) {
                throw new LanewiseException("a tensor's elements must not be so far apart: elements=%d, span=%d"
                        .formatted(elements, span));
            }
            byte[] bytes = container.read(tensor.storage(), tensor.offset() * width, (int) span * width);
            return MemorySegment.ofArray(isPlain(tensor) ? bytes : gathered(tensor, bytes, elements, width));
        } catch (IOException e) {
            throw new LanewiseException("file must be readable: file=" + path, e);
        }
    }

    private static boolean isPlain(Tensor tensor) {
        long expected = 1;
        for (int i = tensor.size().length - 1; i >= 0; i--) {
            if (tensor.size()[i] != 1 && tensor.stride()[i] != expected) {
                return false;
            }
            expected *= tensor.size()[i];
        }
        return true;
    }

    private static byte[] gathered(Tensor tensor, byte[] from, int elements, int width) {
        byte[] to = new byte[elements * width];
        int rank = tensor.size().length;
        long[] place = new long[rank];
        long source = 0;
        for (int i = 0; i < elements; i++) {
            System.arraycopy(from, (int) source * width, to, i * width, width);
            for (int axis = rank - 1; axis >= 0; axis--) {
                source += tensor.stride()[axis];
                if (++place[axis] < tensor.size()[axis]) {
                    break;
                }
                source -= place[axis] * tensor.stride()[axis];
                place[axis] = 0;
            }
        }
        return to;
    }

    @Override
    public void close() {
        try {
            container.close();
        } catch (IOException e) {
            throw new LanewiseException("file must be closeable: file=" + path, e);
        }
    }
}
