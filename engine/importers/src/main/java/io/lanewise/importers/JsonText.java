package io.lanewise.importers;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import com.google.gson.stream.JsonWriter;
import io.lanewise.json.Json;

/** Writes settings as JSON. */
final class JsonText {

    private JsonText() {}

    /** Returns a text of several lines. */
    static String of(Object value) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setIndent("  ");
            write(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string is written
        }
        return text + "\n";
    }

    private static void write(JsonWriter json, Object value) throws IOException {
        switch (value) {
            case null -> json.nullValue();
            case Json read -> write(json, read.value());
            case Map<?, ?> members -> {
                json.beginObject();
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    json.name(member.getKey().toString());
                    write(json, member.getValue());
                }
                json.endObject();
            }
            case List<?> elements -> {
                json.beginArray();
                for (Object element : elements) {
                    write(json, element);
                }
                json.endArray();
            }
            case Boolean bool -> json.value(bool);
            case Integer number -> json.value(number);
            case Long number -> json.value(number);
            case Double number -> json.value(number);
            default -> json.value(value.toString());
        }
    }
}
