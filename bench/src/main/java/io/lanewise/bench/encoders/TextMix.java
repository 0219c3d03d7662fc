package io.lanewise.bench.encoders;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.lanewise.tokenizers.EncodingOptions;
import io.lanewise.tokenizers.Tokenizer;

/**
 * Texts as a service gets them, words of English prose from some place on. Seeded: the same texts everywhere.
 *
 * @param texts in the order in which they come
 * @param tokens of each
 */
record TextMix(List<String> texts, List<Integer> tokens) {

    private static final int LEAST = 4;
    private static final int MOST = 400;
    private static final double MEDIAN = 24;
    private static final double DEVIATION = 1;
    private static final int SPECIAL = 2;
    private static final long SEED = 22;

    /** A text and its tokens, special ones included. */
    private record Text(String text, int tokens) {}

    /** Prose, and the tokens of each of its words. */
    private record Words(List<String> words, int[] tokens) {

        static Words of(Tokenizer tokenizer) {
            List<String> words = List.of(String.join(" ", English.SENTENCES).split(" "));
            EncodingOptions bare = EncodingOptions.defaults().specialTokens(false);
            return new Words(words, words.stream().mapToInt(word -> tokenizer.ids(word, bare).length).toArray());
        }

        /** Takes words from somewhere on as long as their tokens are no more than asked for; a word at the least. */
        Text text(int most, Random random) {
            List<String> text = new ArrayList<>();
            int length = SPECIAL;
            for (int word = random.nextInt(tokens.length); text.isEmpty()
                    || length + tokens[word] <= most; word = (word + 1) % tokens.length) {
                text.add(words.get(word));
                length += tokens[word];
            }
            return new Text(String.join(" ", text), length);
        }
    }

    /**
     * Makes so many texts of 4 to 400 tokens, special ones included, the logarithm of the number normal with a median of 24 and a
     * deviation of 1.
     */
    static TextMix of(int count, Tokenizer tokenizer) {
        Words words = Words.of(tokenizer);
        Random random = new Random(SEED);
        return of(IntStream.range(0, count).mapToObj(_ -> {
            double drawn = MEDIAN * Math.exp(DEVIATION * random.nextGaussian());
            return words.text((int) Math.clamp(Math.rint(drawn), LEAST, MOST), random);
        }).toList());
    }

    /** Makes so many texts of about any number of tokens in a range alike, special ones included, ends included. */
    static TextMix even(int count, int least, int most, Tokenizer tokenizer) {
        Words words = Words.of(tokenizer);
        Random random = new Random(SEED);
        return of(Stream.generate(() -> words.text(random.nextInt(least, most + 1), random))
                .filter(text -> text.tokens >= least && text.tokens <= most).limit(count).toList());
    }

    private static TextMix of(List<Text> texts) {
        return new TextMix(texts.stream().map(Text::text).toList(), texts.stream().map(Text::tokens).toList());
    }

    /** Returns the texts in as many parts, each with every so many of the texts by length, in the order in which they come. */
    List<List<String>> dealt(int parts) {
        List<List<Integer>> dealt = deal(blocks(byLength(), 1), parts);
        return dealt.stream().map(part -> part.stream().sorted().map(texts::get).toList()).toList();
    }

    /** Returns batches of texts of like length, dealt to parts; the batches are those of all texts sorted by length. */
    List<List<String>> batchesByLength(int batch, int parts) {
        return named(deal(blocks(byLength(), batch), parts));
    }

    /** Returns batches of texts as they come, dealt to parts. */
    List<List<String>> batchesAsTheyCome(int batch, int parts) {
        return named(deal(blocks(IntStream.range(0, texts.size()).boxed().toList(), batch), parts));
    }

    private List<Integer> byLength() {
        return IntStream.range(0, texts.size()).boxed().sorted(Comparator.comparing(tokens::get)).toList();
    }

    private static List<List<Integer>> blocks(List<Integer> order, int size) {
        List<List<Integer>> blocks = new ArrayList<>();
        for (int from = 0; from < order.size(); from += size) {
            blocks.add(order.subList(from, Math.min(order.size(), from + size)));
        }
        return blocks;
    }

    /** Deals forth and back: dealt always forth, the last part would have the longest of each turn. */
    private static List<List<Integer>> deal(List<List<Integer>> blocks, int parts) {
        List<List<Integer>> dealt = new ArrayList<>();
        IntStream.range(0, parts).forEach(_ -> dealt.add(new ArrayList<>()));
        for (int block = 0; block < blocks.size(); block++) {
            int turn = block % parts;
            dealt.get(block / parts % 2 == 0 ? turn : parts - 1 - turn).addAll(blocks.get(block));
        }
        return dealt;
    }

    private List<List<String>> named(List<List<Integer>> dealt) {
        return dealt.stream().map(part -> part.stream().map(texts::get).toList()).toList();
    }
}
