package io.lanewise.tokenizers.patterns;

import java.util.Set;
import java.util.regex.Matcher;
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

    /** What {@code \w} matches in brackets: not the joiners. */
    private static final String WORD_IN_BRACKETS = "\\p{IsAlphabetic}\\p{M}\\p{Nd}\\p{Pc}";
    /** What it matches elsewhere: superscripts and fractions of Latin-1, too. */
    private static final String WORD = WORD_IN_BRACKETS + "\\u00B2\\u00B3\\u00B9\\u00BC-\\u00BE";

    private static final Pattern PROPERTY = Pattern.compile("\\\\[pP]\\{[^}]*\\}");
    private static final Pattern OPTIONS = Pattern.compile("\\(\\?([a-zA-Z-]+)[:)]");
    /** {@code a{2}?} is optional there and reluctant here, {@code a{2}+} repeated there and possessive here. */
    private static final Pattern ODD_INTERVAL = Pattern.compile("\\{\\d+\\}\\?|\\{[\\d,]+\\}\\+");
    /** Letters that one character is alike when case does not matter, such as the ligature of f and i. */
    private static final Pattern LIGATURE = Pattern.compile("(?i)ff|fi|fl|ss|st");
    private static final Pattern NOT_ASCII = Pattern.compile("[^\\x00-\\x7F]|\\\\x\\{|\\\\x[89a-fA-F]|\\\\u");
    private static final Set<String> OTHER_SETS = Set.of("Word", "XDigit");

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
        syntax.refuseOptions();
        syntax.refuseIf(ODD_INTERVAL.matcher(regex).find(), "{…}? or {…}+");
        while (syntax.at < regex.length()) {
            syntax.next();
        }
        return syntax.java.toString();
    }

    /** Of the options, i alone is the same in both, and x; and i only where no letters are alike a single character. */
    private void refuseOptions() {
        boolean ignoresCase = false;
        Matcher options = OPTIONS.matcher(regex);
        while (options.find()) {
            refuseIf(!options.group(1).matches("[ix-]+"), "(?" + options.group(1));
            ignoresCase |= options.group(1).contains("i");
        }
        String literals = PROPERTY.matcher(regex).replaceAll("");
        refuseIf(ignoresCase && (LIGATURE.matcher(literals).find() || NOT_ASCII.matcher(literals).find()),
                "(?i) and letters that are alike others");
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
            refuseIf(brackets > 0 && regex.startsWith("--", at), "-- in brackets");
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
            case 'w' -> java.append(brackets > 0 ? WORD_IN_BRACKETS : "[" + WORD + "]");
            case 'W' -> {
                refuseIf(brackets > 0, "\\W in brackets");
                java.append("[^").append(WORD).append(']');
            }
            case 'p', 'P' -> property(kind);
            case 'h', 'H', 'K', 'G', 'g', 'k', 'y', 'Y', 'O', 'N', 'X', 'R', 'b', 'B', 'Q', 'E', 'v', 'V', 'Z' ->
                refuseIf(true, "\\" + kind);
            default -> {
                boolean octal = kind >= '1' && kind <= '9' && at < regex.length()
                        && Character.isDigit(regex.charAt(at));
                refuseIf(octal, "a number of several digits behind a backslash");
                java.append('\\').append(kind);
            }
        }
    }

    /** A name that the JDK does not know may be a script's. */
    private void property(char kind) {
        int end = regex.indexOf('}', at);
        refuseIf(end < 0 || regex.charAt(at) != '{', "\\" + kind + " without braces");
        String name = regex.substring(at + 1, end);
        String negation = name.startsWith("^") ? kind == 'p' ? "P" : "p" : String.valueOf(kind);
        String plain = name.startsWith("^") ? name.substring(1) : name;
        refuseIf(OTHER_SETS.contains(plain) || plain.startsWith("Is"), "\\p{" + plain + "}");
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
