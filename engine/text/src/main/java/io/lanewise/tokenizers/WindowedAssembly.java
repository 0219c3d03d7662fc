package io.lanewise.tokenizers;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.tokenizers.processors.Part;

/** Puts texts together of which the windows that are cut off are kept, every window of the one with every one of the other. */
final class WindowedAssembly {

    /** Of two texts that are both cut, each window of the one comes with each of the other: texts could ask for any number. */
    private static final long MOST_PRODUCTS = 1 << 14;

    private final Tokenizer tokenizer;
    private final String[] texts;
    private final Pipeline.Bench bench;
    private final List<Part> parts;
    private final Windows[] windows;

    WindowedAssembly(Tokenizer tokenizer, EncodingOptions options, String[] texts, Pipeline.Bench bench) {
        this.tokenizer = tokenizer;
        this.texts = texts;
        this.bench = bench;
        this.parts = tokenizer.processor().parts(texts.length == 2, options.specialTokens());
        int[] shares = Assembly.shares(tokenizer.processor(), options, texts.length == 2, bench);
        this.windows = new Windows[]{
                Windows.of(bench.tokens(false).count(), shares[0], options.truncation()),
                Windows.of(texts.length == 2 ? bench.tokens(true).count() : 0, shares[1], options.truncation())};
        requireFew();
    }

    private void requireFew() {
        long sum = 0;
        long product = 1;
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                int count = windows[text.second() ? 1 : 0].parts().size();
                sum += count;
                product = Math.min(product * count, Integer.MAX_VALUE);
            }
        }
        if (product > Math.max(sum, MOST_PRODUCTS)) {
            throw new LanewiseException(
                    "texts that are both cut must not have too many windows with each other: first=%d, second=%d, allowed=%d"
                            .formatted(windows[0].parts().size(), windows[1].parts().size(), MOST_PRODUCTS));
        }
    }

    /** Returns the encoding, its windows with it. */
    Encoding encoding() {
        List<int[]> choices = choices();
        List<Encoding> overflow = new ArrayList<>();
        for (int[] choice : choices.subList(1, choices.size())) {
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

    private Encoding encoding(int[] choice, List<Encoding> overflow) {
        int[] bounds = bench.bounds(parts.size());
        for (int part = 0; part < parts.size(); part++) {
            if (parts.get(part) instanceof Part.Text text) {
                Span window = windows[text.second() ? 1 : 0].parts().get(choice[part]);
                bounds[2 * part] = window.start();
                bounds[2 * part + 1] = window.end();
            }
        }
        return Assembly.join(tokenizer, texts, parts, bench, bounds, overflow);
    }
}
