package io.lanewise.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import com.google.gson.stream.JsonWriter;

/** Writes one JSON value on a line. */
final class JsonLine {

    private static final char LAST_OF_ASCII = 127;

    private JsonLine() {}

    /** Writes a value. */
    @FunctionalInterface
    interface Content {

        /** Writes all of it. */
        void writeTo(JsonWriter json) throws IOException;
    }

    /** Returns a value as text, without the end of the line. */
    static String of(Content content) {
        StringWriter line = new StringWriter();
        try (JsonWriter json = new JsonWriter(line)) {
            content.writeTo(json);
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return StandardCharsets.UTF_8.equals(System.out.charset()) ? line.toString() : escaped(line.getBuffer());
    }

    /** Where standard output is not UTF-8, characters that it may not know are written as escapes. */
    private static String escaped(CharSequence json) {
        StringBuilder ascii = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char unit = json.charAt(i);
            if (unit <= LAST_OF_ASCII) {
                ascii.append(unit);
            } else {
                ascii.append(String.format("\\u%04X", (int) unit));
            }
        }
        return ascii.toString();
    }

    /** Returns a list of numbers. */
    static String of(float[] numbers) {
        return of(json -> {
            json.beginArray();
            for (float number : numbers) {
                write(json, number);
            }
            json.endArray();
        });
    }

    /** Writes a number; what is not finite, which JSON has no number for, as a string. */
    static void write(JsonWriter json, float number) throws IOException {
        if (Float.isFinite(number)) {
            json.value(number);
        } else {
            json.value(Float.toString(number));
        }
    }
}
