package io.lanewise.bench.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/**
 * Everything that one command measured, kept as JSON.
 *
 * @param environment where and when
 * @param command what a reader types to take the figures again
 * @param measurements every figure, as it was taken; nothing is dropped here
 * @param failures what could not be measured and why, in words; a peer that answered otherwise, say
 */
public record ResultFile(Environment environment, String command, List<Measurement> measurements,
        List<String> failures) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Copies the lists. */
    public ResultFile {
        measurements = List.copyOf(measurements);
        failures = List.copyOf(failures);
    }

    /** Writes the file and the directories above it; a file that is there is replaced. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        JSON.writeValue(file.toFile(), this);
    }

    /**
     * Reads a file that {@link #write} wrote.
     *
     * @throws IOException if it cannot be read or is something else
     */
    public static ResultFile read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), ResultFile.class);
    }
}
