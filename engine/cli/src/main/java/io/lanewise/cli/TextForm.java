package io.lanewise.cli;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;

/** What a line of texts may be. */
enum TextForm {
    /** A text as it is. */
    PLAIN("a line must be a text"),
    /** A JSON string. */
    JSON_TEXT("a line must be a JSON string"),
    /** A JSON list of two strings. */
    JSON_PAIR("a line must be a JSON list of two strings"),
    /** Either of them. */
    JSON("a line must be a JSON string or a list of two");

    private final String rule;

    TextForm(String rule) {
        this.rule = rule;
    }

    /** Returns the form of lines of one text each. */
    static TextForm texts(boolean json) {
        return json ? JSON_TEXT : PLAIN;
    }

    /** Returns the form of lines of one text or two. */
    static TextForm textsOrPairs(boolean json) {
        return json ? JSON : PLAIN;
    }

    /**
     * Reads a line.
     *
     * @param number of the line, from 1 on
     * @throws LanewiseException if it has another form
     */
    TextOrPair read(String line, long number) {
        if (this == PLAIN) {
            return new TextOrPair(line, null);
        }
        try {
            Json value = JsonFile.line(line);
            if (value.isText() && this != JSON_PAIR) {
                return new TextOrPair(value.text(), null);
            }
            if (this == JSON_TEXT) {
                return new TextOrPair(value.text(), null); // says what it is instead
            }
            if (value.list().size() == 2) {
                return new TextOrPair(value.list().getFirst().text(), value.list().getLast().text());
            }
            throw new LanewiseException("there are " + value.list().size());
        } catch (LanewiseException e) {
            throw new LanewiseException("%s: line=%d: %s".formatted(rule, number, e.getMessage()), e);
        }
    }
}
