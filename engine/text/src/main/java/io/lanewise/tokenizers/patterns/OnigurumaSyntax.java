package io.lanewise.tokenizers.patterns;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.lanewise.LanewiseException;

import static io.lanewise.LanewiseException.quote;

/**
 * Writes Oniguruma's regular expressions as the JDK's: word characters are Oniguruma's own set, scripts are named without
 * {@code Is}, a dot leaves out line feeds alone. Refuses what the JDK would read as something else.
 */
final class OnigurumaSyntax {

    /** What Oniguruma does without being asked. */
    static final int FLAGS = Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE | Pattern.UNIX_LINES
            | Pattern.MULTILINE;

    /** What {@code \w} matches: superscripts of Latin-1, too, but not the joiners. */
    private static final String WORD = "\\p{IsAlphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u00B2\\u00B3\\u00B9\\u00BC-\\u00BE";

    private final String path;
    private final String regex;
    private final StringBuilder java = new StringBuilder();
    private int at;
    private int brackets;

    private OnigurumaSyntax(String path, String regex) {
        this.path = path;
        this.regex = regex;
    }

    static String toJava(String path, String regex) {
        OnigurumaSyntax syntax = new OnigurumaSyntax(path, regex);
        while (syntax.at < regex.length()) {
            syntax.next();
        }
        return syntax.java.toString();
    }

    private void next() {
        char unit = regex.charAt(at);
        if (unit == '\\') {
            escape();
            return;
        }
        if (unit == '[') {
            refuseIf(brackets > 0 && regex.startsWith("[:", at), "[:");
            brackets++;
        } else if (unit == ']' && brackets > 0) {
            brackets--;
        } else {
            refuseIf(brackets > 0 && regex.startsWith("&&", at), "&& in brackets");
            refuseIf(brackets == 0 && regex.startsWith("(?~", at), "(?~");
        }
        java.append(unit);
        at++;
    }

    private void escape() {
        refuseIf(at + 1 == regex.length(), "a lone backslash");
        char kind = regex.charAt(at + 1);
        at += 2;
        switch (kind) {
            case 'w' -> java.append(brackets > 0 ? WORD : "[" + WORD + "]");
            case 'W' -> {
                refuseIf(brackets > 0, "\\W in brackets");
                java.append("[^").append(WORD).append(']');
            }
            case 'p', 'P' -> property(kind);
            case 'h', 'H', 'K', 'G', 'g', 'k', 'y', 'Y', 'O', 'N', 'X', 'R', 'b', 'B', 'Q', 'E', 'v', 'V', 'Z' ->
                refuseIf(true, "\\" + kind);
            default -> java.append('\\').append(kind);
        }
    }

    /** A name that the JDK does not know may be a script's. */
    private void property(char kind) {
        int end = regex.indexOf('}', at);
        refuseIf(end < 0 || regex.charAt(at) != '{', "\\" + kind + " without braces");
        String name = regex.substring(at + 1, end);
        String negation = name.startsWith("^") ? kind == 'p' ? "P" : "p" : String.valueOf(kind);
        String plain = name.startsWith("^") ? name.substring(1) : name;
        java.append('\\').append(negation).append('{').append(isKnown(plain) ? "" : "Is").append(plain).append('}');
        at = end + 1;
    }

    private static boolean isKnown(String name) {
        try {
            Pattern.compile("\\p{" + name + "}");
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private void refuseIf(boolean condition, String what) {
        if (condition) {
            throw new LanewiseException("a regular expression must be one that this library knows: %s=%s has %s"
                    .formatted(path, quote(regex), what));
        }
    }
}
