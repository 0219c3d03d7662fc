package io.lanewise.cli;

import io.lanewise.LanewiseException;

/** Shows texts to people, whatever they hold: terminal escapes, line breaks, a megabyte. */
final class Visible {

    private static final int TEXT_CHARACTERS = 200;
    private static final int NAME_CHARACTERS = 60;

    private Visible() {}

    /** Returns a text on one line, not too long. */
    static String text(String text) {
        return LanewiseException.shorten(text, TEXT_CHARACTERS);
    }

    /** Returns a name that a file gives. */
    static String name(String name) {
        return LanewiseException.shorten(name, NAME_CHARACTERS);
    }
}
