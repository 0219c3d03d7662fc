package io.lanewise;

/**
 * Reports a user's mistake: a wrong file, input, weight or option.
 *
 * <p>The message is always one line: the rule, then what broke it as {@code name=value}. Text that comes from files is
 * never trusted to be harmless on a terminal or in a log, so every control, format and line-breaking character, and
 * every lone surrogate, is shown as its {@code \\u} escape.
 */
public class LanewiseException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int QUOTED_CHARACTERS = 80;

    /**
     * Creates the exception.
     *
     * @param message the rule, then name=value; made one line
     */
    public LanewiseException(final String message) {
        super(oneLine(message));
    }

    /**
     * Creates the exception with the fault that revealed the mistake.
     *
     * @param message the rule, then name=value; made one line
     * @param cause   what was caught, or null
     */
    public LanewiseException(final String message, final Throwable cause) {
        super(oneLine(message), cause);
    }

    /**
     * Quotes a name that may come from a file, for use in a message.
     *
     * @param name any text
     * @return the name in single quotes, on one line, cut at 80 characters
     */
    public static String quote(final String name) {
        return "'" + shorten(name, QUOTED_CHARACTERS) + "'";
    }

    /**
     * Cuts text that may come from a file, for use in a message.
     *
     * @param text       any text
     * @param characters how many characters the line may have, escapes included
     * @return the text on one line; what was cut off is shown as three dots
     */
    public static String shorten(final String text, final int characters) {
        final StringBuilder line = new StringBuilder();
        int next = 0;
        while (next < text.length()) {
            final int kept = line.length();
            appendVisibly(line, text.codePointAt(next));
            if (line.length() > characters) {
                line.setLength(kept);
                return line.append("...").toString();
            }
            next = text.offsetByCodePoints(next, 1);
        }
        return line.toString();
    }

    private static String oneLine(final String text) {
        return shorten(text, Integer.MAX_VALUE);
    }

    private static void appendVisibly(final StringBuilder line, final int character) {
        switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                line.append(String.format("\\u%04x", character));
            default -> line.appendCodePoint(character);
        }
    }
}
