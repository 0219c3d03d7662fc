package io.lanewise.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What a command line did: exit code, standard output and standard error. */
record Cli(int exit, String out, String err) {

    /** Runs a command line in this JVM. */
    static Cli run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int exit = Main.run(texts, new PrintWriter(out), new PrintWriter(err));
        return new Cli(exit, out.toString(), err.toString());
    }

    /** Runs a command line that reads some standard input; only for tests that run by themselves, as the JVM has but one. */
    static Cli runOn(String input, Object... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return run(arguments);
        } finally {
            System.setIn(before);
        }
    }

    /** Asserts success and returns the lines of standard output. */
    List<String> lines() {
        return succeeded().lines().toList();
    }

    /** Asserts success and returns standard output. */
    String succeeded() {
        assertEquals("", err);
        assertEquals(0, exit);
        return out;
    }

    /** Asserts a user's mistake, reported on exactly this line. */
    void refused(String message) {
        assertEquals("lanewise: " + message + System.lineSeparator(), err);
        assertEquals("", out);
        assertEquals(2, exit);
    }
}
