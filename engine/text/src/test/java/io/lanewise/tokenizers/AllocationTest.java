package io.lanewise.tokenizers;

import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a call allocates once its bench has grown: its result alone. */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 20; // until benches have grown and nothing is loaded any more
    private static final int CALLS = 3;
    private static final int OBJECT = 64; // no object without arrays is larger

    private static final List<String> TEXTS = List.of("How do I get my money back?", "naïve café, Brücke, ÅNGSTRÖM",
            "委员会周二同意，这座桥将关闭 a\u0323\u0301\u0327b", "위원회는 \u1112\u1161\u11AB 화요일에", "[SEP] one  two   <s> [MASK]",
            " \n\t ",
            "e\u0301\u0323 ﬁ Ｆｕｌｌ ㍿ 😀👩‍👩‍👧 👍🏽", "don't we'll 3,14159 I'VE x''y", "a".repeat(300));

    @ParameterizedTest
    @ValueSource(strings = {GoldenTokens.MINILM, "wp-strip-true-lower", "bl-prefix-trim-roberta", "bl-split-qwen",
            "bl-split-llama3-ignore-merges", "like-modernbert", "bpe-byte-fallback-replace-split",
            "bpe-prepend-nfkd-nofuse", "bl-holes-digits-punct", "ug-precompiled-tiny", "ug-always-nfkc",
            "ug-old-prefix-true", "like-deberta-v3", "ug-never-bytefallback", "pre-punct-removed-digits"})
    void shouldAllocateTheResultAlone(String name) {
        Tokenizer tokenizer = GoldenTokens.tokenizer(name);
        EncodingOptions options = EncodingOptions.defaults().truncation(Truncation.to(64));
        for (int round = 0; round < ROUNDS; round++) {
            for (String text : TEXTS) {
                ids(tokenizer, text, options);
                encoding(tokenizer, text, options);
            }
        }
        for (String text : TEXTS) {
            int length = tokenizer.ids(text, options).length;
            assertEquals(array(Integer.BYTES * length), ids(tokenizer, text, options), name + ": " + text);
            long columns = 5 * array(Integer.BYTES * length) + array(length);
            long encoding = encoding(tokenizer, text, options);
            assertTrue(encoding >= columns && encoding <= columns + 3 * OBJECT,
                    name + ": " + text + ": " + encoding + " bytes, columns of " + columns);
        }
    }

    /** A shorter one between them makes no bench anew, and takes none away. */
    @ParameterizedTest
    @ValueSource(strings = {"bl-noprefix-trim-bytelevelpost", "bpe-byte-fallback-replace-split",
            "ug-never-bytefallback", "ug-precompiled-tiny"})
    void shouldAllocateTheResultAloneOfLongTexts(String name) {
        Tokenizer tokenizer = GoldenTokens.tokenizer(name);
        String shorter = "委员会".repeat(40_000);
        String longer = "委员会".repeat(100_000);
        for (int round = 0; round < ROUNDS; round++) {
            tokenizer.ids(round % 3 == 0 ? shorter : longer);
        }
        for (String text : List.of(longer, shorter, longer)) {
            int length = tokenizer.ids(text).length;
            long bytes = ids(tokenizer, text, EncodingOptions.defaults());
            assertTrue(bytes <= array(Integer.BYTES * length) + OBJECT, name + ": " + text.length() + ": " + bytes
                    + " bytes, ids of " + array(Integer.BYTES * length));
        }
    }

    private static long array(int bytes) {
        return (16 + bytes + 7) / 8 * 8L;
    }

    private static long ids(Tokenizer tokenizer, String text, EncodingOptions options) {
        return allocatedBy(() -> tokenizer.ids(text, options));
    }

    private static long encoding(Tokenizer tokenizer, String text, EncodingOptions options) {
        return allocatedBy(() -> tokenizer.encode(text, options));
    }

    /** Returns the least of a few: compiled code that is left for the interpreter, once, makes objects that it had in registers. */
    private static long allocatedBy(Runnable call) {
        long least = Long.MAX_VALUE;
        for (int turn = 0; turn < CALLS; turn++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            call.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
