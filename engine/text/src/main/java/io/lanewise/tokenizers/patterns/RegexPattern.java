package io.lanewise.tokenizers.patterns;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.lanewise.LanewiseException;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Segments;

import static io.lanewise.LanewiseException.quote;

/**
 * A regular expression. The reference's engine is Oniguruma, this one is the JDK's: {@link OnigurumaSyntax} translates what both
 * have, and refuses what they read differently.
 */
final class RegexPattern implements TextPattern {

    private final String written;
    private final Pattern pattern;

    private RegexPattern(String written, Pattern pattern) {
        this.written = written;
        this.pattern = pattern;
    }

    static RegexPattern of(String path, String regex) {
        try {
            return new RegexPattern(regex, Pattern.compile(OnigurumaSyntax.toJava(path, regex), OnigurumaSyntax.FLAGS));
        } catch (PatternSyntaxException | StackOverflowError e) {
            throw new LanewiseException(
                    "a regular expression must be one that this library knows: %s=%s".formatted(path,
                            quote(regex)),
                    e);
        }
    }

    @Override
    public void find(AlignedText text, int from, int to, Segments segments) {
        if (from == to) {
            return; // no expression matches there, not even one that matches nothing
        }
        String piece = text.substring(from, to);
        Matcher matcher = pattern.matcher(new BoundedText(piece));
        try {
            find(piece, from, matcher, segments);
        } catch (StackOverflowError | BoundedText.Exhausted e) {
            throw new LanewiseException("a regular expression must not take forever: regex=%s, text=%s".formatted(
                    quote(written), quote(piece)), e);
        }
    }

    private static void find(String piece, int from, Matcher matcher, Segments segments) {
        int at = from; // the code point that stands at this unit
        int unit = 0;
        int lastEnd = -1;
        while (matcher.find()) {
            if (matcher.end() == matcher.start() && matcher.start() == lastEnd) {
                continue; // an empty match right behind another does not count
            }
            boolean amidPair = matcher.end() == matcher.start() && isAmidPair(piece, matcher.start());
            if (amidPair) {
                continue; // nor one within a character
            }
            at += piece.codePointCount(unit, matcher.start());
            int end = at + piece.codePointCount(matcher.start(), matcher.end());
            segments.match(at, end);
            at = end;
            unit = matcher.end();
            lastEnd = unit;
        }
    }

    private static boolean isAmidPair(String piece, int at) {
        return at > 0 && at < piece.length() && Character.isSurrogatePair(piece.charAt(at - 1), piece.charAt(at));
    }
}
