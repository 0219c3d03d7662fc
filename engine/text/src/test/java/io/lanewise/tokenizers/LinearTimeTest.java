package io.lanewise.tokenizers;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Time grows with the length of a text, also where all of it is one word (openai/tiktoken#195). */
class LinearTimeTest {

    private static final int LENGTH = 100_000;
    /** By the square it would be 4. */
    private static final double MOST_RATIO = 3;
    private static final int TRIES = 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(strings = {"wp-strip-null-lower", "bl-noprefix-trim-bytelevelpost", "bl-split-qwen",
            "bpe-byte-fallback-replace-split", "bpe-suffix-strings", "like-deberta-v3", "ug-never-bytefallback",
            "wl-nfd-stripaccents-lower-strip", "added-tokens-flags"})
    void shouldTakeTwiceAsLongForAWordTwiceAsLong(String name) {
        Tokenizer tokenizer = GoldenTokens.tokenizer(name);
        String word = "a".repeat(LENGTH);
        double ratio = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TRIES && ratio >= MOST_RATIO; i++) {
            ratio = nanos(tokenizer, word + word) / nanos(tokenizer, word);
        }
        assertTrue(ratio < MOST_RATIO, name + ": " + ratio);
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
