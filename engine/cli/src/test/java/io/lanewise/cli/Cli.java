package io.lanewise.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

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
