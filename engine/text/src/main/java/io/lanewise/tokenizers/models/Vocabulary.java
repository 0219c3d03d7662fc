package io.lanewise.tokenizers.models;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

import io.lanewise.LanewiseException;
import io.lanewise.json.Entries;
import io.lanewise.json.Json;
import io.lanewise.json.Strings;
import io.lanewise.tokenizers.text.TrimmedSpace;

import static io.lanewise.LanewiseException.quote;

/** A model's pieces and their ids. Immutable. */
public final class Vocabulary {

    /** Ids may have gaps, but an array by id must not be large because a file says so. */
    private static final int ALWAYS_ALLOWED_IDS = 1 << 20;

    private final Strings pieces;
    private final int[] pieceOfId; // NONE where no piece has the id
    private final Trie trie;

    private Vocabulary(Strings pieces, IntUnaryOperator idOf, int[] pieceOfId) {
        int[] ids = new int[pieces.count()];
        Arrays.setAll(ids, idOf);
        this.pieces = pieces;
        this.pieceOfId = pieceOfId;
        this.trie = Trie.of(pieces, ids);
    }

    /** Reads an object of pieces with ids. */
    static Vocabulary named(Json json) {
        Entries entries = json.entries();
        if (!entries.isObject()) {
            throw new LanewiseException(json.path() + " must be an object of pieces and ids: found an array");
        }
        int most = Math.max(ALWAYS_ALLOWED_IDS, 4 * entries.count());
        int largest = -1;
        for (int i = 0; i < entries.count(); i++) {
            if (entries.number(i) < 0 || entries.number(i) >= most) {
                throw new LanewiseException("an id must be at least 0 and below %d: %s[%s]=%.0f".formatted(most,
                        json.path(), quote(entries.strings().get(i)), entries.number(i)));
            }
            largest = Math.max(largest, (int) entries.number(i));
        }
        int[] pieceOfId = new int[largest + 1];
        Arrays.fill(pieceOfId, Trie.NONE);
        for (int i = 0; i < entries.count(); i++) {
            pieceOfId[(int) entries.number(i)] = i;
        }
        return new Vocabulary(trimmed(entries), piece -> (int) entries.number(piece), pieceOfId);
    }

    /** Takes pieces whose places are their ids. */
    static Vocabulary listed(Strings pieces) {
        int[] pieceOfId = new int[pieces.count()];
        Arrays.setAll(pieceOfId, id -> id);
        return new Vocabulary(pieces, IntUnaryOperator.identity(), pieceOfId);
    }

    private static Strings trimmed(Entries entries) {
        entries.strings().trim();
        return entries.strings();
    }

    /** Returns the pieces by their code points, each with its id. */
    public Trie trie() {
        return trie;
    }

    /** Returns the number of different pieces. */
    public int size() {
        return trie.size();
    }

    /** Returns a piece's id, or {@link Trie#NONE}. */
    public int find(String piece) {
        return trie.find(piece);
    }

    /** Returns the piece of an id, or null. */
    public String piece(int id) {
        boolean known = id >= 0 && id < pieceOfId.length && pieceOfId[id] != Trie.NONE;
        return known ? pieces.get(pieceOfId[id]) : null;
    }

    /** Returns how many UTF-16 units of a piece, from its start on, trimmed spans leave out. */
    public int spacesBefore(int id) {
        int piece = pieceOfId[id];
        int at = pieces.start(piece);
        while (at < pieces.end(piece) && TrimmedSpace.is(pieces.units()[at])) {
            at++;
        }
        return at - pieces.start(piece);
    }

    /** Returns how many UTF-16 units of a piece, up to its end, trimmed spans leave out. */
    public int spacesBehind(int id) {
        int piece = pieceOfId[id];
        int at = pieces.end(piece);
        while (at > pieces.start(piece) && TrimmedSpace.is(pieces.units()[at - 1])) {
            at--;
        }
        return pieces.end(piece) - at;
    }

    /** Returns the first number that is larger than every id. */
    public int idEnd() {
        return pieceOfId.length;
    }
}
