package io.lanewise.tokenizers.models;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/** A long word joined part by part is what it becomes as a whole, whatever was learned in whatever order. */
class LongWordTest {

    private static final int VOCABULARIES = 100;
    private static final int WORDS = 10;
    private static final int MOST_SYMBOLS = 4_000;

    /** Learned pairs come in order of their learning; a file may say any other. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldJoinAsTheWholeWord(boolean inOrder) {
        Random random = new Random(inOrder ? 1 : 2);
        for (int i = 0; i < VOCABULARIES; i++) {
            int letters = 1 + random.nextInt(4);
            Merges merges = merges(random, letters, inOrder);
            PairQueue whole = new PairQueue(merges);
            LongWord parts = new LongWord(merges);
            for (int word = 0; word < WORDS; word++) {
                int[] ids = word(random, letters);
                int[] bytes = IntStream.range(0, ids.length).map(_ -> 1 + random.nextInt(3)).toArray();
                int[] idsInParts = ids.clone();
                int[] bytesInParts = bytes.clone();
                int left = whole.merge(ids, bytes, ids.length);
                int leftInParts = parts.merge(idsInParts, bytesInParts, idsInParts.length);
                assertArrayEquals(Arrays.copyOf(ids, left), Arrays.copyOf(idsInParts, leftInParts));
                assertArrayEquals(Arrays.copyOf(bytes, left), Arrays.copyOf(bytesInParts, leftInParts));
            }
        }
    }

    private static Merges merges(Random random, int letters, boolean inOrder) {
        int count = 1 + random.nextInt(60);
        int[] ranks = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0 && !inOrder; i--) {
            int other = random.nextInt(i + 1);
            int rank = ranks[i];
            ranks[i] = ranks[other];
            ranks[other] = rank;
        }
        Merges merges = new Merges(count);
        Set<Long> pairs = new HashSet<>();
        int tokens = letters;
        for (int i = 0; i < count; i++) {
            int left = random.nextInt(tokens);
            int right = random.nextInt(tokens);
            if (pairs.add((long) left << Integer.SIZE | right)) {
                boolean known = !inOrder && random.nextInt(4) == 0; // another way to a token
                merges.put(left, right, ranks[i], known ? random.nextInt(tokens) : tokens++);
            }
        }
        return merges;
    }

    /** One letter alone, letters at random, or a run of letters again and again. */
    private static int[] word(Random random, int letters) {
        int[] ids = new int[1 + random.nextInt(MOST_SYMBOLS)];
        int kind = random.nextInt(3);
        int period = kind == 0 ? 1 : kind == 1 ? ids.length : 1 + random.nextInt(30);
        for (int i = 0; i < ids.length; i++) {
            ids[i] = i < period ? random.nextInt(letters) : ids[i - period];
        }
        return ids;
    }
}
