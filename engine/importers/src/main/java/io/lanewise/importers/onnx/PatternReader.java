package io.lanewise.importers.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads patterns:
 *
 * <pre>
 * x                        any value; the same one wherever the name stands
 * &#64;weight                  a weight               #epsilon   a constant that is one number
 * ~mask                    arithmetic on tokens   0.5        that number
 * Add(a, b)                a node                 Softmax[-1](x)   with this attribute     Split.1(x)   its second output
 * linear(x)                what the rule of that name describes
 * query=linear(x)          the same, called query: its weight is kept as query.weight
 * </pre>
 */
final class PatternReader {

    private final String text;
    private int at;

    private PatternReader(String text) {
        this.text = text;
    }

    static Pattern read(String text) {
        PatternReader reader = new PatternReader(text);
        Pattern pattern = reader.pattern();
        reader.require(reader.at == text.length());
        return pattern;
    }

    private Pattern pattern() {
        skipSpace();
        char first = peek();
        if (first == '@' || first == '#' || first == '~') {
            at++;
            String name = word();
            return first == '@'
                    ? new Pattern.Weight(name)
                    : first == '#' ? new Pattern.Scalar(name) : new Pattern.Arithmetic(name);
        }
        if (Character.isDigit(first) || first == '-') {
            at += first == '-' ? 1 : 0;
            double number = Double.parseDouble(word());
            return new Pattern.Number(first == '-' ? -number : number);
        }
        String name = word();
        return switch (peek()) {
            case '=' -> {
                at++;
                yield new Pattern.Named(name, pattern());
            }
            case '(', '[' -> Character.isUpperCase(first) ? node(name) : new Pattern.Call(name, arguments());
            default -> new Pattern.Any(name);
        };
    }

    private Pattern node(String word) {
        String attribute = null;
        if (peek() == '[') {
            int end = text.indexOf(']', at);
            attribute = text.substring(at + 1, end);
            at = end + 1;
        }
        int dot = word.lastIndexOf('.');
        boolean hasOutput = dot > 0 && Character.isDigit(word.charAt(dot + 1));
        return new Pattern.Node(hasOutput ? word.substring(0, dot) : word, attribute,
                hasOutput ? Integer.parseInt(word.substring(dot + 1)) : 0, arguments());
    }

    private List<Pattern> arguments() {
        List<Pattern> arguments = new ArrayList<>();
        require(peek() == '(');
        at++;
        skipSpace();
        while (peek() != ')') {
            arguments.add(pattern());
            skipSpace();
            require(peek() == ',' || peek() == ')');
            at += peek() == ',' ? 1 : 0;
        }
        at++;
        return List.copyOf(arguments);
    }

    private String word() {
        int start = at;
        while (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '.') {
            at++;
        }
        require(at > start);
        return text.substring(start, at);
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skipSpace() {
        while (Character.isWhitespace(peek())) {
            at++;
        }
    }

    private void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("a pattern must be readable: at=" + at + ", pattern=" + text);
        }
    }
}
