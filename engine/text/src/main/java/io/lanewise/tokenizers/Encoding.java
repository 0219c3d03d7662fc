package io.lanewise.tokenizers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a {@link Tokenizer} makes of a text, or of two: tokens, and where each came from. Immutable, for any thread.
 *
 * <p>Spans count <b>UTF-16 units</b> of the Java string, so that {@code text.substring(start, end)} is what a token came from;
 * {@link #codePointSpan} counts code points, as the reference does.
 */
public final class Encoding {

    private static final int NONE = -1;

    private final Columns columns;
    private final int paddingFrom;
    private final int paddingTo;
    private final List<Encoding> overflow;

    Encoding(Columns columns, int paddingFrom, int paddingTo, List<Encoding> overflow) {
        this.columns = columns;
        this.paddingFrom = paddingFrom;
        this.paddingTo = paddingTo;
        this.overflow = overflow;
    }

    /** Returns the number of tokens. */
    public int length() {
        return columns.ids.length;
    }

    /** Returns a token's id. */
    public int id(int token) {
        return columns.ids[token];
    }

    /** Returns a copy of the ids. */
    public int[] ids() {
        return columns.ids.clone();
    }

    /** Returns a token's type: which of two texts it belongs to, as the model is told it. */
    public int type(int token) {
        return columns.types[token];
    }

    /** Returns a copy of the types. */
    public int[] types() {
        return columns.types.clone();
    }

    /** Returns what a token came from, in UTF-16 units of its text; null for a token that belongs to no text. */
    public Span span(int token) {
        return columns.starts[token] == NONE ? null : new Span(columns.starts[token], columns.ends[token]);
    }

    /** Returns what a token came from, in code points of its text; null for a token that belongs to no text. */
    public Span codePointSpan(int token) {
        if (columns.starts[token] == NONE) {
            return null;
        }
        String text = columns.texts[columns.sources[token]];
        int start = text.codePointCount(0, columns.starts[token]);
        // a span may end before it starts, where marks were put in another order
        return new Span(start, columns.ends[token] < columns.starts[token]
                ? start - text.codePointCount(columns.ends[token], columns.starts[token])
                : start + text.codePointCount(columns.starts[token], columns.ends[token]));
    }

    /** Says whether a token was added: a special token around the texts, or one to fill up. */
    public boolean isSpecial(int token) {
        return columns.sources[token] == NONE;
    }

    /** Says whether a token counts for the model: all do but those that an encoding is filled up with. */
    public boolean isAttended(int token) {
        return token < paddingFrom || token >= paddingTo;
    }

    /** Returns the piece of the vocabulary that a token is, or null for an id that no piece has. */
    public String piece(int token) {
        return columns.tokenizer.piece(columns.ids[token]);
    }

    /** Returns the pieces of all tokens. */
    public List<String> pieces() {
        List<String> pieces = new ArrayList<>(columns.ids.length);
        for (int token = 0; token < columns.ids.length; token++) {
            pieces.add(piece(token));
        }
        return pieces;
    }

    /** Returns the number of the word that a token is part of, counted from 0 in its text; −1 for a token of no text. */
    public int word(int token) {
        return columns.words[token];
    }

    /** Returns 0 for a token of the first text, 1 for one of the second, −1 for one of no text. */
    public int source(int token) {
        return columns.sources[token];
    }

    /** Returns the further windows of a text that was cut, if they are kept ({@link Truncation#windows}). */
    public List<Encoding> overflow() {
        return overflow;
    }

    /** Returns the same with further tokens. */
    Encoding filledUp(Padding padding, int length) {
        List<Encoding> windows = overflow.stream().map(window -> window.filledUp(padding, length)).toList();
        int missing = length - columns.ids.length;
        if (missing <= 0) {
            return overflow.isEmpty() ? this : new Encoding(columns, paddingFrom, paddingTo, windows);
        }
        int from = padding.direction() == Direction.LEFT ? 0 : columns.ids.length;
        Columns filled = new Columns(columns);
        filled.ids = withRun(columns.ids, from, missing, padding.id());
        filled.types = withRun(columns.types, from, missing, padding.type());
        filled.starts = withRun(columns.starts, from, missing, NONE);
        filled.ends = withRun(columns.ends, from, missing, NONE);
        filled.words = withRun(columns.words, from, missing, NONE);
        filled.sources = new byte[length];
        Arrays.fill(filled.sources, (byte) NONE);
        System.arraycopy(columns.sources, 0, filled.sources, from == 0 ? missing : 0, columns.sources.length);
        return new Encoding(filled, from, from + missing, windows);
    }

    private static int[] withRun(int[] numbers, int from, int count, int number) {
        int[] longer = new int[numbers.length + count];
        System.arraycopy(numbers, 0, longer, 0, from);
        Arrays.fill(longer, from, from + count, number);
        System.arraycopy(numbers, from, longer, from + count, numbers.length - from);
        return longer;
    }

    /** What an encoding is made of, by token; texts are one or two. */
    static final class Columns {
        final Tokenizer tokenizer;
        final String[] texts;
        int[] ids;
        int[] types;
        int[] starts; // NONE for tokens of no text
        int[] ends;
        int[] words; // NONE for tokens of no text
        byte[] sources; // 0 and 1 for tokens of the first and second text, NONE for others

        Columns(Tokenizer tokenizer, String[] texts, int length) {
            this.tokenizer = tokenizer;
            this.texts = texts;
            ids = new int[length];
            types = new int[length];
            starts = new int[length];
            ends = new int[length];
            words = new int[length];
            sources = new byte[length];
        }

        private Columns(Columns other) {
            tokenizer = other.tokenizer;
            texts = other.texts;
            ids = other.ids;
            types = other.types;
            starts = other.starts;
            ends = other.ends;
            words = other.words;
            sources = other.sources;
        }
    }
}
