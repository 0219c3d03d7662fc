package io.lanewise.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;

/** The texts of a command: its arguments, or the lines of standard input where there are none or the only one is a dash. */
final class Texts {

    private static final String STANDARD_INPUT = "-";

    /** What the JVM makes of bytes that this locale's encoding does not know. */
    private static final char UNREADABLE = '\uFFFD';

    private Texts() {}

    /**
     * Hands on each text, before the next one is read.
     *
     * @param json whether lines are JSON: a string, or a list of two strings
     */
    static void forEach(List<String> arguments, boolean json, Consumer<TextOrPair> action) {
        if (arguments.isEmpty() || arguments.equals(List.of(STANDARD_INPUT))) {
            readLines(json, action);
            return;
        }
        for (String argument : arguments) {
            if (argument.indexOf(UNREADABLE) >= 0 && !"UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
                throw new LanewiseException(
                        "arguments must be readable in this locale, set LC_ALL=C.UTF-8 or give texts "
                                + "on standard input: encoding=" + System.getProperty("sun.jnu.encoding"));
            }
            action.accept(new TextOrPair(argument, null));
        }
    }

    private static void readLines(boolean json, Consumer<TextOrPair> action) {
        try {
            BufferedReader lines = new BufferedReader(
                    new InputStreamReader(System.in, StandardCharsets.UTF_8.newDecoder()));
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                action.accept(json ? parse(line, number) : new TextOrPair(line, null));
                number++;
            }
        } catch (CharacterCodingException e) {
            throw new LanewiseException("standard input must be UTF-8", e);
        } catch (IOException e) {
            throw new LanewiseException("standard input must be readable: " + e.getMessage(), e);
        }
    }

    private static TextOrPair parse(String line, int number) {
        try {
            Json value = JsonFile.line(line);
            if (value.isText()) {
                return new TextOrPair(value.text(), null);
            }
            if (value.list().size() == 2) {
                return new TextOrPair(value.list().getFirst().text(), value.list().getLast().text());
            }
            throw new LanewiseException("there are " + value.list().size());
        } catch (LanewiseException e) {
            throw new LanewiseException("a line must be a JSON string or a list of two: line=" + number + ": "
                    + e.getMessage(), e);
        }
    }
}
