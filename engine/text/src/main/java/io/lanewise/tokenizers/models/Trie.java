package io.lanewise.tokenizers.models;

import java.util.Arrays;

import io.lanewise.json.Strings;

/**
 * Strings by their code points, each with a number: from a node, one code point leads to the next node. Immutable once built.
 *
 * <p>The edges stand in one hash table, since nodes of most vocabularies have one or two: {@code node · 2^21 + code point} is
 * looked for from a mixed place on, 8 bytes an edge and at most half of the places taken.
 */
public final class Trie {

    /** The node of the empty string. */
    public static final int ROOT = 0;

    /** Returned where there is no node, or no string ends. */
    public static final int NONE = -1;

    private static final int CODE_POINT_BITS = 21;
    private static final long NO_EDGE = -1;

    private long[] edges; // of a hash table
    private int[] targets;
    private int[] values; // by node
    private int nodes = 1;
    private int size;

    private Trie(int edges) {
        int size = Integer.highestOneBit(Math.clamp(edges, 4, 1 << 28)) * 4;
        this.edges = new long[size];
        this.targets = new int[size];
        this.values = new int[Math.max(16, edges + 1)];
        Arrays.fill(this.edges, NO_EDGE);
        Arrays.fill(values, NONE);
    }

    /** Builds the trie of strings; of equal ones the last one's number counts. */
    public static Trie of(Strings strings, int[] values) {
        Trie trie = new Trie(strings.count());
        for (int string = 0; string < strings.count(); string++) {
            trie.put(strings.units(), strings.start(string), strings.end(string), values[string]);
        }
        return trie;
    }

    private void put(char[] units, int from, int to, int value) {
        int node = ROOT;
        for (int i = from; i < to;) {
            int codePoint = Character.codePointAt(units, i, to);
            node = add(node, codePoint);
            i += Character.charCount(codePoint);
        }
        size += values[node] == NONE ? 1 : 0;
        values[node] = value;
    }

    private int add(int node, int codePoint) {
        long edge = edge(node, codePoint);
        int place = place(edge);
        if (edges[place] == edge) {
            return targets[place];
        }
        edges[place] = edge;
        targets[place] = nodes;
        if (nodes == values.length) {
            values = Arrays.copyOf(values, 2 * nodes);
            Arrays.fill(values, nodes, values.length, NONE);
        }
        int target = nodes++;
        if (nodes > edges.length / 2) {
            grow();
        }
        return target;
    }

    private void grow() {
        long[] before = edges;
        int[] targetsBefore = targets;
        edges = new long[2 * before.length];
        targets = new int[2 * before.length];
        Arrays.fill(edges, NO_EDGE);
        for (int i = 0; i < before.length; i++) {
            if (before[i] != NO_EDGE) {
                int place = place(before[i]);
                edges[place] = before[i];
                targets[place] = targetsBefore[i];
            }
        }
    }

    private static long edge(int node, int codePoint) {
        return (long) node << CODE_POINT_BITS | codePoint;
    }

    /** Returns the place of an edge, or the free one where it would stand. */
    private int place(long edge) {
        int mask = edges.length - 1;
        int place = (int) (edge * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (edges[place] != edge && edges[place] != NO_EDGE) {
            place = place + 1 & mask;
        }
        return place;
    }

    /** Returns how many different strings there are. */
    public int size() {
        return size;
    }

    /** Returns the node that a code point leads to, or {@link #NONE}. */
    public int next(int node, int codePoint) {
        long edge = edge(node, codePoint);
        int mask = edges.length - 1;
        int place = (int) (edge * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (edges[place] != edge) {
            if (edges[place] == NO_EDGE) {
                return NONE;
            }
            place = place + 1 & mask;
        }
        return targets[place];
    }

    /** Returns the number of the string that ends at a node, or {@link #NONE}. */
    public int value(int node) {
        return values[node];
    }

    /** Returns the node of a string from another node on, or {@link #NONE}. */
    public int walk(int node, String string) {
        int at = node;
        for (int i = 0; i < string.length() && at != NONE;) {
            int codePoint = string.codePointAt(i);
            at = next(at, codePoint);
            i += Character.charCount(codePoint);
        }
        return at;
    }

    /** Returns a string's number, or {@link #NONE}. */
    public int find(String string) {
        int node = walk(ROOT, string);
        return node == NONE ? NONE : values[node];
    }

    /** Returns the number of the string that some code points are, or {@link #NONE}. */
    public int find(int[] codePoints, int from, int to) {
        int node = ROOT;
        for (int i = from; i < to && node != NONE; i++) {
            node = next(node, codePoints[i]);
        }
        return node == NONE ? NONE : values[node];
    }
}
