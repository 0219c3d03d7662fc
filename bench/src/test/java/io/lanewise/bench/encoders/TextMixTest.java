package io.lanewise.bench.encoders;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.lanewise.tokenizers.Tokenizer;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TextMixTest {

    private static final Tokenizer TOKENIZER = MiniLm.tokenizer();
    private static final int PARTS = 8;

    private final TextMix mix = TextMix.of(1000, TOKENIZER);

    private static int tokens(String text) {
        return TOKENIZER.ids(text).length;
    }

    @Test
    void shouldHaveTextsOfTheLengthsThatItSays() {
        List<Integer> tokens = mix.texts().stream().map(TextMixTest::tokens).toList();
        assertEquals(tokens, mix.tokens());
        List<Integer> sorted = tokens.stream().sorted().toList();
        assertTrue(sorted.getFirst() >= 3 && sorted.getLast() <= 400, sorted.toString());
        assertTrue(sorted.getLast() > 300, "longest " + sorted.getLast());
        assertEquals(24, sorted.get(500), 2);
        assertEquals(24 * Math.E, sorted.get(841), 8); // a deviation above the median
    }

    @Test
    void shouldMakeTheSameTextsAgain() {
        assertEquals(mix, TextMix.of(1000, TOKENIZER));
    }

    @Test
    void shouldHaveTextsOfEveryLengthAlike() {
        TextMix even = TextMix.even(2500, 6, 30, TOKENIZER);
        assertEquals(even.texts().stream().map(TextMixTest::tokens).toList(), even.tokens());
        Map<Integer, Long> counts = new TreeMap<>(
                even.tokens().stream().collect(Collectors.groupingBy(tokens -> tokens, Collectors.counting())));
        assertEquals(IntStream.rangeClosed(6, 30).boxed().toList(), List.copyOf(counts.keySet()));
        assertTrue(counts.values().stream().allMatch(count -> count > 50 && count < 150), counts.toString());
        assertEquals(even, TextMix.even(2500, 6, 30, TOKENIZER));
    }

    @Test
    void shouldDealEveryTextOnce() {
        for (List<List<String>> parts : List.of(mix.dealt(PARTS), mix.batchesByLength(16, PARTS),
                mix.batchesAsTheyCome(32, PARTS))) {
            List<String> all = new ArrayList<>();
            parts.forEach(all::addAll);
            assertEquals(mix.texts().stream().sorted().toList(), all.stream().sorted().toList());
        }
    }

    /** Sorted again, as the engine sorts it, a part falls into batches that all texts sorted would have, too. */
    @Test
    void shouldDealBatchesThatSortingAllWouldMake() {
        List<Integer> sorted = mix.tokens().stream().sorted().toList();
        HashSet<List<Integer>> batches = new HashSet<>();
        IntStream.iterate(0, i -> i < 1000, i -> i + 20).forEach(i -> batches.add(sorted.subList(i, i + 20)));
        for (List<String> part : mix.batchesByLength(20, PARTS)) {
            List<Integer> lengths = part.stream().map(TextMixTest::tokens).sorted(Comparator.naturalOrder()).toList();
            for (int i = 0; i < lengths.size(); i += 20) {
                assertTrue(batches.contains(lengths.subList(i, i + 20)), lengths.toString());
            }
        }
    }
}
