package io.lanewise.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.google.gson.stream.JsonWriter;

import static io.lanewise.weights.SafetensorsFormat.HEADER_ALIGNMENT;

/** Writes a header as JSON, padded with spaces so that the data after it is aligned. */
final class HeaderWriter {
    private HeaderWriter() {}

    /** Returns the header's bytes, a multiple of 8, for tensors that follow one another in the given order. */
    static byte[] bytes(final Map<String, String> metadata, final List<WriterEntry> entries) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter json = new JsonWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
            json.beginObject();
            writeMetadata(json, metadata);
            long begin = 0;
            for (final WriterEntry entry : entries) {
                final long end = Math.addExact(begin, entry.bytes());
                writeEntry(json, entry, begin, end);
                begin = end;
            }
            json.endObject();
        } catch (final IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return padded(bytes.toByteArray());
    }

    private static void writeMetadata(final JsonWriter json, final Map<String, String> metadata)
            throws IOException {
        if (metadata.isEmpty()) {
            return;
        }
        json.name(SafetensorsFormat.METADATA).beginObject();
        for (final Map.Entry<String, String> note : metadata.entrySet()) {
            json.name(note.getKey()).value(note.getValue());
        }
        json.endObject();
    }

    private static void writeEntry(final JsonWriter json, final WriterEntry entry, final long begin, final long end)
            throws IOException {
        json.name(entry.name()).beginObject();
        json.name(SafetensorsFormat.TYPE).value(entry.type().name());
        writeNumbers(json, SafetensorsFormat.SHAPE, entry.shape());
        writeNumbers(json, SafetensorsFormat.OFFSETS, List.of(begin, end));
        json.endObject();
    }

    private static void writeNumbers(final JsonWriter json, final String field, final List<Long> numbers)
            throws IOException {
        json.name(field).beginArray();
        for (final long number : numbers) {
            json.value(number);
        }
        json.endArray();
    }

    private static byte[] padded(final byte[] json) {
        final byte[] header = Arrays.copyOf(json, Math.ceilDiv(json.length, HEADER_ALIGNMENT) * HEADER_ALIGNMENT);
        Arrays.fill(header, json.length, header.length, (byte) ' ');
        return header;
    }
}
