package io.lanewise.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

/** Writes one JSON value on a line. */
final class JsonLine {

    /** Where standard output is not UTF-8, characters that it may not know are written as escapes. */
    private static final JsonFactory JSON = new JsonFactoryBuilder().configure(JsonWriteFeature.ESCAPE_NON_ASCII,
            !StandardCharsets.UTF_8.equals(System.out.charset())).build();

    private JsonLine() {}

    /** Writes a value. */
    @FunctionalInterface
    interface Content {

        /** Writes all of it. */
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** Returns a value as text, without the end of the line. */
    static String of(Content content) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            content.writeTo(json);
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return line.toString();
    }

    /** Returns a list of numbers. */
    static String of(float[] numbers) {
        return of(json -> {
            json.writeStartArray();
            for (float number : numbers) {
                json.writeNumber(number);
            }
            json.writeEndArray();
        });
    }
}
