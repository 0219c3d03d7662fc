package io.lanewise.weights;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;

/**
 * Replaces a file as a whole or not at all: writes beside it, then moves. Nothing is left beside it, whether writing fails or the JVM is
 * ended by a signal. Thread-safe; the last to move wins.
 */
public final class AtomicFile {
    private final Path target;

    /**
     * Names the file; nothing is touched yet.
     *
     * @param target a new file, or an existing regular file to replace; its directory must exist
     */
    public AtomicFile(final Path target) {
        this.target = Objects.requireNonNull(target, "target");
    }

    /** Writes a file's bytes. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of them; what it throws leaves the old file in place. */
        void writeTo(SeekableByteChannel out) throws IOException;
    }

    /**
     * Replaces the file.
     *
     * @throws WeightFileException if the target cannot be written; it is as it was then, and nothing is left beside it
     */
    public void write(final Content content) {
        requireReplaceable();
        try {
            // Through a link to the file it names; the link itself stays.
            final Path file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
            final Path beside = file.resolveSibling(".lanewise-" + UUID.randomUUID() + ".tmp");
            writeBeside(beside, file, content);
        } catch (final IOException e) {
            throw WeightFileException.unwritable(target, e);
        }
    }

    private static void writeBeside(final Path beside, final Path file, final Content content) throws IOException {
        try (UnfinishedFile unfinished = UnfinishedFile.create(beside)) {
            content.writeTo(unfinished.channel());
            unfinished.finish();
            move(beside, file);
        }
    }

    private static void move(final Path from, final Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (final AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Says early whether {@link #write} could replace or create the file, as far as can be told without writing.
     *
     * @throws WeightFileException if it is a directory or a device, if its directory is missing, or either is read-only
     */
    public void requireReplaceable() { // renaming would replace devices and read-only files without a word
        final Path directory = target.toAbsolutePath().getParent();
        if (Files.isDirectory(target)) {
            throw new WeightFileException("file to write must not be a directory: file=" + target);
        }
        if (!Files.isDirectory(directory)) {
            throw new WeightFileException("directory of the file to write must exist: file=" + target);
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new WeightFileException("file to write must be a regular file: file=" + target);
        }
        if (!Files.isWritable(directory) || Files.exists(target) && !Files.isWritable(target)) {
            throw new WeightFileException("file to write and its directory must be writable: file=" + target);
        }
    }
}
