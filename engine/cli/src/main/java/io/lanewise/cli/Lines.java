package io.lanewise.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.lanewise.LanewiseException;

/** The lines of standard input or of a file, which must be UTF-8, and how far they have been read. */
final class Lines implements AutoCloseable {

    private static final String STANDARD_INPUT = "-";

    private final String name;
    private final long bytes;
    private final boolean isFile;
    private final Counted counted;
    private final BufferedReader reader;

    private Lines(String name, long bytes, boolean isFile, InputStream in) {
        this.name = name;
        this.bytes = bytes;
        this.isFile = isFile;
        this.counted = new Counted(in);
        this.reader = new BufferedReader(new InputStreamReader(counted, StandardCharsets.UTF_8.newDecoder()));
    }

    /** Counts what is read; runs ahead of the lines by no more than a buffer. */
    private static final class Counted extends FilterInputStream {

        private long read;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int count = super.read(to, offset, length);
            read += Math.max(0, count);
            return count;
        }
    }

    /** Reads standard input. */
    static Lines ofStandardInput() {
        return new Lines("standard input", standardInputBytes(), false, System.in);
    }

    /** A file that was redirected here has a size; what comes through a pipe has not. */
    private static long standardInputBytes() {
        try {
            return new FileInputStream(FileDescriptor.in).getChannel().size();
        } catch (IOException unknown) {
            return 0;
        }
    }

    /**
     * Reads a file, or standard input where it is called {@code -}.
     *
     * @throws LanewiseException if it cannot be opened
     */
    static Lines of(Path file) {
        if (file.toString().equals(STANDARD_INPUT)) {
            return ofStandardInput();
        }
        try {
            return new Lines("file " + file, Files.size(file), true, Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            throw new LanewiseException("file must exist: file=" + file, e);
        } catch (IOException e) {
            throw new LanewiseException("file must be readable: file=" + file, e);
        }
    }

    /** Returns the next line, or null behind the last one. */
    String next() {
        try {
            return reader.readLine();
        } catch (CharacterCodingException e) {
            throw new LanewiseException(name + " must be UTF-8", e);
        } catch (IOException e) {
            throw new LanewiseException("%s must be readable: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Says whether more can be read without waiting for whoever writes it. */
    boolean isReady() {
        try {
            return reader.ready();
        } catch (IOException e) {
            return true; // the next line will say it
        }
    }

    /** Returns the bytes of all lines; 0 where nobody knows. */
    long bytes() {
        return bytes;
    }

    /** Returns how many bytes have been read. */
    long bytesRead() {
        return counted.read;
    }

    /** Closes a file; standard input stays. */
    @Override
    public void close() {
        if (isFile) {
            try {
                reader.close();
            } catch (IOException e) {
                throw new LanewiseException("%s must be readable: %s".formatted(name, e.getMessage()), e);
            }
        }
    }
}
