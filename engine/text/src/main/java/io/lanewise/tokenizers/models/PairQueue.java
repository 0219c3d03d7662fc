package io.lanewise.tokenizers.models;

import java.util.Arrays;

/**
 * Joins the pairs of a long word in order: a heap of pairs by rank and then place, a list of the symbols that are left. A pair
 * whose symbols have changed meanwhile is passed over when its turn comes.
 */
final class PairQueue {

    private static final int GONE = -1;

    private final Merges merges;
    private long[] heap = new long[0]; // rank · 2^32 + place of the left symbol, smallest first
    private int size;
    private int[] next = new int[0]; // by symbol
    private int[] before = new int[0];

    PairQueue(Merges merges) {
        this.merges = merges;
    }

    /**
     * Joins symbols until no pair is left.
     *
     * @param ids by symbol; those that are left come first afterwards
     * @param bytes by symbol, likewise
     * @return how many symbols are left
     */
    int merge(int[] ids, int[] bytes, int count) {
        link(count);
        for (int i = 0; i + 1 < count; i++) {
            offer(i, ids);
        }
        while (size > 0) {
            long pair = take();
            int left = (int) pair;
            int rank = (int) (pair >>> Integer.SIZE);
            if (bytes[left] == GONE || next[left] == GONE || merges.rank(ids[left], ids[next[left]]) != rank) {
                continue;
            }
            join(left, rank, ids, bytes);
            if (before[left] != GONE) {
                offer(before[left], ids);
            }
            if (next[left] != GONE) {
                offer(left, ids);
            }
        }
        return gather(ids, bytes, count);
    }

    private void link(int count) {
        if (next.length < count) {
            next = new int[count];
            before = new int[count];
        }
        for (int i = 0; i < count; i++) {
            next[i] = i + 1;
            before[i] = i - 1; // GONE for the first
        }
        next[count - 1] = GONE;
    }

    private void join(int left, int rank, int[] ids, int[] bytes) {
        int right = next[left];
        ids[left] = merges.token(rank);
        bytes[left] += bytes[right];
        bytes[right] = GONE;
        next[left] = next[right];
        if (next[left] != GONE) {
            before[next[left]] = left;
        }
    }

    private static int gather(int[] ids, int[] bytes, int count) {
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] != GONE) {
                ids[left] = ids[i];
                bytes[left++] = bytes[i];
            }
        }
        return left;
    }

    // ---------------------------------------------------------------- heap

    private void offer(int left, int[] ids) {
        int rank = merges.rank(ids[left], ids[next[left]]);
        if (rank == Merges.NONE) {
            return;
        }
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, Math.max(64, 2 * size));
        }
        long pair = (long) rank << Integer.SIZE | left;
        int at = size++;
        while (at > 0 && heap[at - 1 >> 1] > pair) {
            heap[at] = heap[at - 1 >> 1];
            at = at - 1 >> 1;
        }
        heap[at] = pair;
    }

    private long take() {
        long first = heap[0];
        long last = heap[--size];
        int at = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= last) {
                break;
            }
            heap[at] = heap[child];
            at = child;
            child = 2 * at + 1;
        }
        heap[at] = last;
        return first;
    }

    long keptBytes() {
        return (long) heap.length * Long.BYTES + 2L * next.length * Integer.BYTES;
    }
}
