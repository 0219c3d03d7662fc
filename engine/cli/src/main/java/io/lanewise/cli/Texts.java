package io.lanewise.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.lanewise.LanewiseException;
import io.lanewise.text.TextException;

/**
 * The texts of a command: its arguments, or the lines of standard input where there are none or the only one is a dash. They are
 * handed on some at a time, so that a large file streams, and at once where whoever writes them waits for an answer.
 */
final class Texts {

    private static final List<String> STANDARD_INPUT = List.of("-");

    /** Enough for every kernel, and few enough to be kept. */
    private static final int MOST = 256;

    /** What the JVM makes of bytes that this locale's encoding does not know. */
    private static final char UNREADABLE = '\uFFFD';

    private Texts() {}

    /** Says whether the texts are those of standard input. */
    static boolean areStandardInput(List<String> arguments) {
        return arguments.isEmpty() || arguments.equals(STANDARD_INPUT);
    }

    /**
     * Hands on each text, before the next one is read.
     *
     * @throws LanewiseException if one has not that form
     */
    static void forEach(List<String> arguments, TextForm form, Consumer<TextOrPair> action) {
        if (areStandardInput(arguments)) {
            try (Lines lines = Lines.ofStandardInput()) {
                long number = 1;
                for (String line = lines.next(); line != null; line = lines.next()) {
                    action.accept(form.read(line, number++));
                }
            }
        } else {
            of(arguments).forEach(action);
        }
    }

    /**
     * Hands on some texts after the others.
     *
     * @param isPrinting whether the action writes to standard output
     * @throws LanewiseException if one has not that form
     */
    static void inBatches(List<String> arguments, TextForm form, PrintWriter errors, boolean isPrinting,
            Consumer<List<TextOrPair>> action) {
        if (areStandardInput(arguments)) {
            try (Lines lines = Lines.ofStandardInput()) {
                inBatches(lines, form, errors, isPrinting, action);
            }
        } else {
            handOn(of(arguments), action);
        }
    }

    /** Hands on arguments; which one is at fault need not be said where there is but one. */
    private static void handOn(List<TextOrPair> texts, Consumer<List<TextOrPair>> action) {
        try {
            action.accept(texts);
        } catch (TextException wrong) {
            throw texts.size() == 1 ? (LanewiseException) wrong.getCause() : wrong;
        }
    }

    /** Hands on lines; otherwise as above. */
    static void inBatches(Lines lines, TextForm form, PrintWriter errors, boolean isPrinting,
            Consumer<List<TextOrPair>> action) {
        try (Progress progress = new Progress(errors, lines.bytes(), isPrinting)) {
            List<TextOrPair> batch = new ArrayList<>();
            long number = 0;
            for (String line = lines.next(); line != null; line = lines.next()) {
                batch.add(form.read(line, ++number));
                if (batch.size() == MOST || !lines.isReady()) {
                    handOn(batch, number, action);
                    batch.clear();
                    progress.advanceTo(lines.bytesRead(), number);
                }
            }
            if (!batch.isEmpty()) {
                handOn(batch, number, action);
            }
        }
    }

    /** Hands on lines; people count them from 1, and through the whole file. */
    private static void handOn(List<TextOrPair> batch, long lastLine, Consumer<List<TextOrPair>> action) {
        try {
            action.accept(List.copyOf(batch));
        } catch (TextException wrong) {
            throw new LanewiseException("%s, line=%d".formatted(wrong.getCause().getMessage(),
                    lastLine - batch.size() + wrong.index() + 1), wrong);
        }
    }

    private static List<TextOrPair> of(List<String> arguments) {
        arguments.forEach(Texts::requireReadable);
        return arguments.stream().map(argument -> new TextOrPair(argument, null)).toList();
    }

    /**
     * Checks a text that is an argument.
     *
     * @throws LanewiseException if the JVM could not read its characters
     */
    static void requireReadable(String argument) {
        if (argument.indexOf(UNREADABLE) >= 0 && !"UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
            throw new LanewiseException("arguments must be readable in this locale, set LC_ALL=C.UTF-8 or give texts "
                    + "on standard input: encoding=" + System.getProperty("sun.jnu.encoding"));
        }
    }
}
