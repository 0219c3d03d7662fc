package io.lanewise.weights;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is there only while it is written: it is deleted when it is closed unless it was moved by then, and when the JVM ends
 * meanwhile, as by Ctrl-C. The hook that sees to it is there no longer than the file, so that it holds on to no class loader.
 */
final class UnfinishedFile implements AutoCloseable {
    private final Path path;
    private final Thread hook;
    private FileChannel channel;
    private boolean ended;

    private UnfinishedFile(final Path path) {
        this.path = path;
        this.hook = new Thread(this::delete, "lanewise-unfinished-file");
    }

    /**
     * Creates a file.
     *
     * @throws IOException if there is one, or it cannot be created, or the JVM is ending
     */
    static UnfinishedFile create(final Path path) throws IOException {
        final UnfinishedFile file = new UnfinishedFile(path);
        try {
            Runtime.getRuntime().addShutdownHook(file.hook);
        } catch (final IllegalStateException ending) {
            throw new IOException("the JVM is ending", ending);
        }
        try {
            file.open();
            return file;
        } catch (final IOException | RuntimeException | Error e) {
            file.removeHook();
            throw e;
        }
    }

    private synchronized void open() throws IOException {
        if (ended) {
            throw new IOException("the JVM is ending");
        }
        // CREATE_NEW gives the permissions of any new file; Files.createTempFile would hide it from others.
        channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Returns where to write. */
    FileChannel channel() {
        return channel;
    }

    /** Ends writing. What was written is on the disk: before a move, or a power cut could leave the new name on an empty file. */
    void finish() throws IOException {
        channel.force(true);
        channel.close();
    }

    /** Closes the file, and deletes it unless it was moved. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            delete();
            removeHook();
        }
    }

    /** The failure that led here is the one to report. */
    private synchronized void delete() {
        ended = true;
        if (channel != null) {
            try {
                Files.deleteIfExists(path);
            } catch (final IOException e) {
                return;
            }
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException ending) {
            return; // it runs, or has run
        }
    }
}
