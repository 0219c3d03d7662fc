package io.lanewise.weights;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

import io.lanewise.LanewiseException;

/** Reports that a weight file is missing, malformed, unreadable or unwritable; the message names the file. */
public class WeightFileException extends LanewiseException {
    private static final long serialVersionUID = 1L;
    private static final int REASON_CHARACTERS = 160;

    /**
     * Creates the exception.
     *
     * @param message the rule, then name=value; made one line
     */
    public WeightFileException(final String message) {
        super(message);
    }

    /**
     * Creates the exception with the fault that revealed the problem.
     *
     * @param message the rule, then name=value; made one line
     * @param cause   what was caught, or null
     */
    public WeightFileException(final String message, final Throwable cause) {
        super(message, cause);
    }

    static WeightFileException unreadable(final Path file, final Exception cause) {
        return new WeightFileException("file could not be read: file=" + file + ", reason=" + reason(cause), cause);
    }

    static WeightFileException unwritable(final Path file, final Exception cause) {
        return new WeightFileException("file could not be written: file=" + file + ", reason=" + reason(cause), cause);
    }

    /** Prefers the system's own words: the message of a file system exception repeats the path in front of them. */
    private static String reason(final Exception cause) {
        if (cause instanceof FileSystemException system && system.getReason() != null) {
            return shorten(system.getReason(), REASON_CHARACTERS);
        }
        final boolean speaks = cause.getClass() == IOException.class && cause.getMessage() != null;
        return speaks ? shorten(cause.getMessage(), REASON_CHARACTERS) : cause.getClass().getSimpleName();
    }
}
