package io.lanewise.tokenizers;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.tokenizers.processors.Part;
import io.lanewise.tokenizers.processors.PostProcessor;
import io.lanewise.tokenizers.processors.SpanTrim;
import io.lanewise.tokenizers.text.Tokens;

/** Puts one text's tokens, or two texts', together with special tokens. */
final class Assembly {

    private static final int NONE = -1;

    private final Tokenizer tokenizer;
    private final PostProcessor processor;
    private final EncodingOptions options;
    private final String[] texts;
    private final Tokens[] tokens;
    private final List<Part> parts;
    private final Windows[] windows;

    Assembly(Tokenizer tokenizer, EncodingOptions options, String[] texts, Tokens[] tokens) {
        this.tokenizer = tokenizer;
        this.processor = tokenizer.processor();
        this.options = options;
        this.texts = texts;
        this.tokens = tokens;
        this.parts = processor.parts(texts.length == 2, options.specialTokens());
        this.windows = windows();
    }

    /** Returns how many tokens the texts may have, special ones not counted. */
    static int budget(PostProcessor processor, EncodingOptions options, boolean isPair) {
        int added = options.specialTokens() ? processor.added(isPair) : 0;
        int budget = options.truncation().maxLength() - added;
        if (budget < 0) {
            throw new LanewiseException(
                    "truncation must leave room for the special tokens: maxLength=%d, special tokens=%d"
                            .formatted(options.truncation().maxLength(), added));
        }
        return budget;
    }

    private Windows[] windows() {
        Truncation truncation = options.truncation();
        int first = tokens[0].count();
        int second = texts.length == 2 ? tokens[1].count() : 0;
        if (truncation == null) {
            return new Windows[]{Windows.whole(first), Windows.whole(second)};
        }
        if (truncation.strategy() == Truncation.Strategy.ONLY_SECOND && texts.length == 1) {
            throw new LanewiseException("a single text must not be cut by the strategy for a second: strategy="
                    + truncation.strategy());
        }
        int[] shares = Windows.shares(first, second, budget(processor, options, texts.length == 2),
                truncation.strategy());
        return new Windows[]{Windows.of(first, shares[0], truncation), Windows.of(second, shares[1], truncation)};
    }

    /** Returns the encoding, its windows with it. */
    Encoding encoding() {
        List<int[]> choices = choices();
        List<Encoding> overflow = new ArrayList<>();
        boolean keeps = options.truncation() != null && options.truncation().keepsWindows();
        for (int[] choice : keeps ? choices.subList(1, choices.size()) : List.<int[]>of()) {
            overflow.add(encoding(choice, List.of()));
        }
        return encoding(choices.getFirst(), List.copyOf(overflow));
    }

    /** Returns which windows of the texts go together, by part: first those that are kept, then all others with each other. */
    private List<int[]> choices() {
        List<int[]> choices = new ArrayList<>();
        choices.add(new int[parts.size()]);
        for (int part = 0; part < parts.size(); part++) {
            if (parts.get(part) instanceof Part.Text text) {
                int count = windows[text.second() ? 1 : 0].parts().size();
                List<int[]> longer = new ArrayList<>();
                for (int[] choice : choices.subList(1, choices.size())) {
                    addAll(longer, choice, part, 0, count);
                }
                addAll(longer, choices.getFirst(), part, 1, count);
                choices = new ArrayList<>(List.of(choices.getFirst()));
                choices.addAll(longer);
            }
        }
        return choices;
    }

    private static void addAll(List<int[]> choices, int[] choice, int part, int from, int to) {
        for (int window = from; window < to; window++) {
            int[] next = choice.clone();
            next[part] = window;
            choices.add(next);
        }
    }

    // ---------------------------------------------------------------- one encoding

    private Encoding encoding(int[] choice, List<Encoding> overflow) {
        int length = 0;
        for (int part = 0; part < parts.size(); part++) {
            length += parts.get(part) instanceof Part.Text text ? size(window(text, choice[part])) : 1;
        }
        Encoding.Columns columns = new Encoding.Columns(tokenizer, texts, length);
        int at = 0;
        for (int part = 0; part < parts.size(); part++) {
            switch (parts.get(part)) {
                case Part.Special special -> putSpecial(columns, at++, special);
                case Part.Text text -> {
                    Span window = window(text, choice[part]);
                    put(columns, at, text, window);
                    at += size(window);
                }
            }
        }
        return new Encoding(columns, length, length, overflow);
    }

    private Span window(Part.Text text, int choice) {
        return windows[text.second() ? 1 : 0].parts().get(choice);
    }

    private static int size(Span span) {
        return span.end() - span.start();
    }

    private static void putSpecial(Encoding.Columns columns, int at, Part.Special special) {
        columns.ids[at] = special.id();
        columns.types[at] = special.type();
        columns.starts[at] = NONE;
        columns.ends[at] = NONE;
        columns.words[at] = NONE;
        columns.sources[at] = NONE;
    }

    private void put(Encoding.Columns columns, int first, Part.Text text, Span window) {
        int source = text.second() ? 1 : 0;
        Tokens from = tokens[source];
        for (int i = 0; i < size(window); i++) {
            int token = window.start() + i;
            int at = first + i;
            columns.ids[at] = from.id(token);
            columns.types[at] = text.type() == NONE ? source : text.type();
            columns.starts[at] = from.start(token);
            columns.ends[at] = from.end(token);
            columns.words[at] = from.word(token);
            columns.sources[at] = (byte) source;
            for (int trim = 0; trim < processor.trims().size(); trim++) {
                trim(columns, at, i == 0, processor.trims().get(trim), from, token);
            }
        }
    }

    // ---------------------------------------------------------------- trimmed spans

    private void trim(Encoding.Columns columns, int at, boolean isFirst, SpanTrim trim, Tokens from, int token) {
        String piece = tokenizer.isAdded(from.id(token)) ? null : tokenizer.piece(from.id(token));
        int before = piece == null ? from.spacesBefore(token) : spacesBefore(piece);
        int behind = piece == null ? from.spacesBehind(token) : spacesBehind(piece);
        String text = texts[columns.sources[at]];
        boolean own = before == 1 && trim.prefixSpaceAdded() && (isFirst || columns.starts[at] == 0);
        if (!own) {
            columns.starts[at] = forward(text, columns.starts[at], columns.ends[at], before);
        }
        columns.ends[at] = backward(text, columns.ends[at], columns.starts[at], behind);
    }

    private static int spacesBefore(String piece) {
        int count = 0;
        while (count < piece.length() && Pipeline.isSpace(piece.charAt(count))) {
            count++;
        }
        return count;
    }

    private static int spacesBehind(String piece) {
        int count = 0;
        while (count < piece.length() && Pipeline.isSpace(piece.charAt(piece.length() - 1 - count))) {
            count++;
        }
        return count;
    }

    private static int forward(String text, int start, int end, int codePoints) {
        int at = start;
        for (int i = 0; i < codePoints && at < end; i++) {
            at += Character.charCount(text.codePointAt(at));
        }
        return codePoints == 0 ? start : Math.min(at, end);
    }

    /** Goes back unless that many code points are not there. */
    private static int backward(String text, int end, int start, int codePoints) {
        boolean few = end < 2 * codePoints && text.codePointCount(0, end) < codePoints;
        int at = end;
        for (int i = 0; !few && i < codePoints && at > start; i++) {
            at -= Character.charCount(text.codePointBefore(at));
        }
        return codePoints == 0 || few ? end : Math.max(at, start);
    }
}
