package io.lanewise.text;

import io.lanewise.LanewiseException;

/** Says that one text of a list is at fault, and which. The cause says what a call with that text alone would have said. */
public final class TextException extends LanewiseException {

    private static final long serialVersionUID = 1;

    private final int index;

    private TextException(String message, int index, Throwable cause) {
        super(message, cause);
        this.index = index;
    }

    /**
     * Adds a text's place to what is wrong with it.
     *
     * @param list what the list is called
     */
    public static TextException of(LanewiseException cause, String list, int index) {
        return new TextException("%s, %s[%d]".formatted(cause.getMessage(), list, index), index, cause);
    }

    /** Returns the same of a text's place in another list, which this one is a part of. */
    public TextException in(String list, int index) {
        return of((LanewiseException) getCause(), list, index);
    }

    /** Returns the text's place in the list, counted from 0. */
    public int index() {
        return index;
    }
}
