package io.lanewise.importers.torch;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import io.lanewise.LanewiseException;

import static io.lanewise.LanewiseException.quote;

/**
 * The container since PyTorch 1.6: a zip archive of one folder with one pickle, and each storage an entry. Entries are found in
 * the central directory, by their whole names; a name is never a path.
 *
 * @param folder the name of the folder, with its slash
 */
record ZipArchive(ZipFile zip, String folder) implements TorchFile.Container {

    private static final String DATA = "data/";
    private static final int MOST_PICKLE = 64 << 20;

    static TorchFile.Read read(Path path) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException | IllegalArgumentException e) {
            throw new LanewiseException("file must be a whole zip archive: reason="
                    + LanewiseException.shorten(String.valueOf(e.getMessage()), 160), e);
        }
        try {
            return read(zip);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static TorchFile.Read read(ZipFile zip) throws IOException {
        List<? extends ZipEntry> entries = Collections.list(zip.entries());
        String folder = folder(entries);
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : entries) {
            if (!names.add(entry.getName())) {
                throw new LanewiseException("an archive's entries must have different names: entry="
                        + quote(entry.getName()));
            }
            if (entry.getName().startsWith(folder + "code/") || entry.getName().equals(folder + "constants.pkl")) {
                throw new LanewiseException("an archive of TorchScript holds a program, not tensors alone: entry="
                        + quote(entry.getName()));
            }
        }
        ZipArchive archive = new ZipArchive(zip, folder);
        archive.requireLittleEndian();
        byte[] pickle = archive.small("data.pkl", MOST_PICKLE);
        StorageIds ids = new StorageIds();
        PickleInput in = new PickleInput(new ByteArrayInputStream(pickle), pickle.length);
        Pickled root = new PickleMachine(in, new TensorCalls(), ids::find).run();
        for (Pickled.Storage storage : ids.all().values()) {
            archive.requireWhole(storage);
        }
        archive.requireAskedFor(names, ids);
        return new TorchFile.Read(root, archive);
    }

    private static String folder(List<? extends ZipEntry> entries) {
        List<String> pickles = entries.stream().map(ZipEntry::getName)
                .filter(name -> name.endsWith("/data.pkl") && name.indexOf('/') == name.lastIndexOf('/')).toList();
        if (pickles.size() != 1) {
            throw new LanewiseException("an archive must have one folder with a data.pkl: found " + pickles.size());
        }
        return pickles.getFirst().substring(0, pickles.getFirst().length() - "data.pkl".length());
    }

    private void requireLittleEndian() throws IOException {
        if (zip.getEntry(folder + "byteorder") != null) {
            String order = new String(small("byteorder", 16), StandardCharsets.US_ASCII);
            if (!order.strip().equals("little")) {
                throw new LanewiseException("a file must be little endian: byteorder=" + quote(order));
            }
        }
    }

    /** What the directory says of sizes is not believed. */
    private byte[] small(String name, int most) throws IOException {
        ZipEntry entry = zip.getEntry(folder + name);
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new LanewiseException("an archive's entry must not be larger than %d bytes: entry=%s".formatted(
                        most, quote(entry.getName())));
            }
            return bytes;
        }
    }

    private void requireAskedFor(Set<String> names, StorageIds ids) {
        for (String name : names) {
            if (name.startsWith(folder + DATA) && !ids.all().containsKey(name.substring((folder + DATA).length()))) {
                throw new LanewiseException("a storage must be asked for: entry=" + quote(name));
            }
        }
    }

    private ZipEntry entry(Pickled.Storage storage) {
        return zip.getEntry(folder + DATA + storage.key());
    }

    private void requireWhole(Pickled.Storage storage) {
        ZipEntry entry = entry(storage);
        int width = storage.type().type().bytes();
        boolean isWhole = entry != null && entry.getMethod() == ZipEntry.STORED
                && entry.getSize() == entry.getCompressedSize() && entry.getSize() % width == 0
                && entry.getSize() / width == storage.count();
        if (!isWhole) {
            throw new LanewiseException("a storage must be all there, and not compressed: storage=%s, expected=%d "
                    .formatted(quote(storage.key()), storage.count()) + "elements, "
                    + (entry == null ? "no such entry" : "entry bytes=" + entry.getSize()));
        }
    }

    @Override
    public byte[] read(Pickled.Storage storage, long offset, int bytes) throws IOException {
        try (InputStream in = zip.getInputStream(entry(storage))) {
            in.skipNBytes(offset);
            byte[] read = in.readNBytes(bytes);
            if (read.length < bytes) {
                throw new EOFException();
            }
            return read;
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
