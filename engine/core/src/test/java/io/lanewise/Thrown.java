package io.lanewise;

import org.junit.jupiter.api.function.Executable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

/** Words for what an exception must say. */
public final class Thrown {

    private Thrown() {}

    /** Asserts that a user's mistake is refused with exactly this message. */
    public static void assertRefused(String message, Executable mistake) {
        assertEquals(message, messageOf(mistake));
    }

    /** Returns what a user's mistake is refused with. */
    public static String messageOf(Executable mistake) {
        return assertThrowsExactly(LanewiseException.class, mistake).getMessage();
    }

    /** Asserts that a call at the wrong time is refused with exactly this message. */
    public static void assertUntimely(String message, Executable call) {
        assertEquals(message, assertThrowsExactly(IllegalStateException.class, call).getMessage());
    }
}
