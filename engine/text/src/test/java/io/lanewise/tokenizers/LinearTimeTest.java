package io.lanewise.tokenizers;

import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.ThreadMXBean;
import io.lanewise.Tries;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Time grows with the length of a text, also where all of it is one word (openai/tiktoken#195), or none of it. */
class LinearTimeTest {

    private static final int LENGTH = 100_000;
    /** Work space for 10,000 units fits the L2 cache, for 40,000 it does not: between them a unit takes up to three times as long. */
    private static final int SHORTER_LENGTH = 40_000;
    private static final List<String> PARTS = List.of("ab", " ", ".", "\u0301", "e\u0301\u0323", "0", "\n", " \n", "中",
            "안",
            "😀", "\uD800", "\u0000", "'s", "[", "word ");
    /** By the square it would be 4. */
    private static final double MOST_RATIO = 3;
    private static final int TRIES = 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(strings = {"wp-strip-null-lower", "bl-noprefix-trim-bytelevelpost", "bl-split-qwen",
            "bpe-byte-fallback-replace-split", "bpe-suffix-strings", "like-deberta-v3", "ug-never-bytefallback",
            "wl-nfd-stripaccents-lower-strip", "added-tokens-flags"})
    void shouldTakeTwiceAsLongForAWordTwiceAsLong(String name) {
        requireLinear(name, "a".repeat(LENGTH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wp-strip-null-lower", "bl-noprefix-trim-bytelevelpost", "bl-split-qwen",
            "bpe-byte-fallback-replace-split", "bpe-suffix-strings", "like-deberta-v3", "ug-never-bytefallback",
            "ug-always-nfkc", "added-tokens-flags"})
    void shouldTakeTwiceAsLongForATextTwiceAsLong(String name) {
        int step = Tries.of(3, 1); // a build takes a third of the kinds of text, other tokenizers another
        for (int i = Math.floorMod(name.hashCode(), step); i < PARTS.size(); i += step) {
            String part = PARTS.get(i);
            requireLinear(name, part.repeat(SHORTER_LENGTH / part.length()));
        }
    }

    private static void requireLinear(String name, String word) {
        Tokenizer tokenizer = GoldenTokens.tokenizer(name);
        double ratio = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TRIES && ratio >= MOST_RATIO; i++) {
            ratio = nanos(tokenizer, word + word) / nanos(tokenizer, word);
        }
        assertTrue(ratio < MOST_RATIO, name + ": " + word.substring(0, 4) + ": " + ratio);
    }

    /** Of this thread alone, the shortest of some: others may have the processor, and the JVM compiles. */
    private static double nanos(Tokenizer tokenizer, String text) {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long before = THREADS.getCurrentThreadCpuTime();
            tokenizer.ids(text);
            shortest = Math.min(shortest, THREADS.getCurrentThreadCpuTime() - before);
        }
        return shortest;
    }
}
