package io.lanewise.tokenizers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;

/** A {@code tokenizer.json} that is right but for a few mutations, all of them chosen by the fuzzer's data. */
final class MutatedTokenizer {

    private static final Object[] ODD_VALUES = {null, true, false, 0L, 1L, -1L, 255L, 1L << 20, 1L << 31, 1L << 62, 0.5,
            -1e300, "", "a", "[UNK]", "\u0000", "▁", "##", "Ġ", "é", "😀", ".*", "(a|aa)+$", "\\", "[", "1.0",
            List.of(), Map.of(), List.of("a", 1L), List.of("a", "b")};
    private static final int MOST_DEPTH = 80;
    /** Of a part of a file: 55 MB, which are read in half a second, took five of the fuzzer's, which counts each branch. */
    private static final int MOST_CHARACTERS = 4 << 20;

    /** The templates, each an object. */
    private static final List<Json> TEMPLATES = GoldenTokens.names("tiny").stream()
            .map(name -> JsonFile.settings(GoldenTokens.root().resolve("tiny").resolve(name))).toList();

    /** By the name of a member, all values that it has in any of the templates, vocabularies left out. */
    private static final Map<String, List<Json>> VALUES = values();
    private static final List<String> NAMES = List.copyOf(VALUES.keySet());

    private final FuzzedDataProvider data;
    private final boolean isGood;
    private final byte[] bytes;

    MutatedTokenizer(FuzzedDataProvider data) {
        this.data = data;
        int mutations = data.consumeInt(0, 4);
        this.isGood = mutations == 0;
        Object root = copy(data.pickValue(TEMPLATES));
        for (int i = 0; i < mutations; i++) {
            mutate(root);
        }
        this.bytes = damaged(text(root).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Object value) {
        StringBuilder text = new StringBuilder();
        JsonText.write(value, text);
        return text.toString();
    }

    /** Says whether the file is as it should be. */
    boolean isGood() {
        return isGood;
    }

    /** Returns the file. */
    byte[] bytes() {
        return bytes;
    }

    private static Map<String, List<Json>> values() {
        Map<String, List<Json>> values = new LinkedHashMap<>();
        TEMPLATES.forEach(template -> addValues(template, values));
        return values;
    }

    private static void addValues(Json json, Map<String, List<Json>> values) {
        if (json.isObject()) {
            json.members().forEach((name, value) -> {
                if (!Set.of("vocab", "merges").contains(name)) {
                    values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
                    addValues(value, values);
                }
            });
        } else if (json.value() instanceof List) {
            json.list().forEach(element -> addValues(element, values));
        }
    }

    /** Returns objects and arrays that can be changed. */
    private static Object copy(Json json) {
        if (json.isObject()) {
            Map<String, Object> members = new LinkedHashMap<>();
            json.members().forEach((name, value) -> members.put(name, copy(value)));
            return members;
        }
        if (json.value() instanceof List) {
            List<Object> elements = new ArrayList<>();
            json.list().forEach(element -> elements.add(copy(element)));
            return elements;
        }
        return json.value();
    }

    // ---------------------------------------------------------------- mutations

    private void mutate(Object root) {
        Object at = root;
        for (int depth = data.consumeInt(0, 5); depth > 0; depth--) {
            Object child = child(at);
            if (!(child instanceof Map || child instanceof List)) {
                break;
            }
            at = child;
        }
        if (at instanceof Map) {
            mutateMembers(members(at));
        } else {
            mutateElements(elements(at));
        }
    }

    private Object child(Object value) {
        if (value instanceof Map) {
            Map<String, Object> members = members(value);
            return members.isEmpty() ? null : members.get(data.pickValue(List.copyOf(members.keySet())));
        }
        List<Object> elements = elements(value);
        return elements.isEmpty() ? null : elements.get(data.consumeInt(0, elements.size() - 1));
    }

    @SuppressWarnings("unchecked") // as copy makes them
    private static Map<String, Object> members(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked") // as copy makes them
    private static List<Object> elements(Object value) {
        return (List<Object>) value;
    }

    private void mutateMembers(Map<String, Object> members) {
        String name = members.isEmpty() || data.consumeInt(0, 4) == 0
                ? data.pickValue(NAMES)
                : data.pickValue(List.copyOf(new TreeSet<>(members.keySet())));
        switch (data.consumeInt(0, 5)) {
            case 0 -> members.put(name, odd());
            case 1 -> members.remove(name);
            case 2 -> members.put(data.consumeBoolean() ? data.pickValue(NAMES) : string(), members.remove(name));
            case 3 -> members.put(name, nested(members.get(name)));
            default -> members.put(name, VALUES.containsKey(name) ? copy(data.pickValue(VALUES.get(name))) : odd());
        }
    }

    private void mutateElements(List<Object> elements) {
        int at = data.consumeInt(0, elements.size());
        switch (at == elements.size() ? 0 : data.consumeInt(0, 4)) {
            case 0 -> elements.add(at, data.consumeBoolean() ? odd() : child(elements));
            case 1 -> elements.remove(at);
            case 2 -> elements.set(at, odd());
            case 3 -> elements.set(at, nested(elements.get(at)));
            default -> elements.set(at, child(elements));
        }
    }

    private Object odd() {
        return switch (data.consumeInt(0, 3)) {
            case 0 -> string();
            case 1 -> data.consumeLong();
            default -> switch (data.pickValue(ODD_VALUES)) {
                case List<?> elements -> new ArrayList<>(elements); // the next mutation may be inside
                case Map<?, ?> members -> new LinkedHashMap<>(members);
                case null -> null;
                case Object value -> value;
            };
        };
    }

    private String string() {
        return data.consumeString(12);
    }

    /** Puts a component into a sequence of its kind, of which it is all steps, or a value into arrays. */
    private Object nested(Object value) {
        Object nested = value;
        long characters = text(value).length();
        String steps = data.pickValue(new String[]{"normalizers", "pretokenizers", "processors", "decoders", ""});
        for (int depth = data.consumeInt(1, steps.isEmpty() ? MOST_DEPTH : 8); depth > 0; depth--) {
            int count = steps.isEmpty() ? 1 : data.consumeInt(1, 3);
            count = count * characters > MOST_CHARACTERS ? 1 : count;
            characters *= count;
            List<Object> copies = new ArrayList<>(Collections.nCopies(count, nested));
            nested = steps.isEmpty() ? copies : new LinkedHashMap<>(Map.of("type", "Sequence", steps, copies));
        }
        return nested;
    }

    private byte[] damaged(byte[] file) {
        for (int i = isGood ? 0 : data.consumeInt(0, 3) - 1; i > 0; i--) {
            file[data.consumeInt(0, file.length - 1)] = data.consumeByte();
        }
        return file;
    }
}
