package io.lanewise.tokenizers;

import java.util.List;
import java.util.Map;

/** Writes maps, lists, strings, numbers, truth values and nulls as JSON. */
final class JsonText {

    private JsonText() {}

    static void write(Object value, StringBuilder text) {
        switch (value) {
            case Map<?, ?> members -> {
                String comma = "{";
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    text.append(comma);
                    write(member.getKey(), text);
                    text.append(':');
                    write(member.getValue(), text);
                    comma = ",";
                }
                text.append(members.isEmpty() ? "{}" : "}");
            }
            case List<?> elements -> {
                String comma = "[";
                for (Object element : elements) {
                    text.append(comma);
                    write(element, text);
                    comma = ",";
                }
                text.append(elements.isEmpty() ? "[]" : "]");
            }
            case String string -> quote(string, text);
            case null, default -> text.append(value);
        }
    }

    private static void quote(String string, StringBuilder text) {
        text.append('"');
        for (char unit : string.toCharArray()) {
            boolean plain = unit >= ' ' && unit < 0x7F && unit != '"' && unit != '\\';
            text.append(plain ? Character.toString(unit) : "\\u%04x".formatted((int) unit));
        }
        text.append('"');
    }
}
