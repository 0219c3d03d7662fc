package io.lanewise.tokenizers;

import java.util.List;
import java.util.Map;

import io.lanewise.json.Json;

/** What was recorded of the reference for every code point. */
final class RecordedUnicode {

    private static final List<Json> LINES = GoldenTokens.read("classes.jsonl");

    private RecordedUnicode() {}

    /** Returns the ranges of a class. */
    static List<String> ranges(String name) {
        return line("class", name).get("ranges").list().stream().map(Json::text).toList();
    }

    /** Returns by code point, in hexadecimal, what a mapping makes of it where the JDK makes something else. */
    static Map<String, Json> differences(String map) {
        return line("map", map).get("reference").members();
    }

    private static Json line(String kind, String name) {
        return LINES.stream().filter(line -> line.has(kind) && line.get(kind).text().equals(name)).findFirst()
                .orElseThrow();
    }
}
