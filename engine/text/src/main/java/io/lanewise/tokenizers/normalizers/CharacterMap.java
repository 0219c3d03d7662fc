package io.lanewise.tokenizers.normalizers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.BitSet;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.Utf8;

/**
 * The map of a {@code precompiled_charsmap}: a double array over bytes of UTF-8, whose values are places in a list of
 * replacements. Immutable.
 *
 * <pre>
 *   base64 of: [size of the array in bytes, 4] [array of units, 4 each] [replacements, each in UTF-8, then a 0]
 *   unit:      bits 0–7 label, 8 whether a key ends here, 10–31 offset to the children (times 256 where bit 9 is set)
 *   a value:   a unit's lower 31 bits
 * </pre>
 */
final class CharacterMap {

    private static final int NONE = -1;
    private static final int FEWEST_BYTES = 4;

    private final int[] units;
    private final byte[] replacements;
    private final BitSet firsts = new BitSet(); // of bytes, those that a key begins with

    private CharacterMap(int[] units, byte[] replacements) {
        this.units = units;
        this.replacements = replacements;
        for (int label = 1; label < 256 && units.length > 0; label++) {
            int child = offset(units[0]) ^ label;
            firsts.set(label, child < units.length && label(units[child]) == label);
        }
    }

    static CharacterMap read(Json json) {
        ByteBuffer map = ByteBuffer.wrap(decode(json)).order(ByteOrder.LITTLE_ENDIAN);
        require(json, map.remaining() >= FEWEST_BYTES, "it has %d bytes", map.remaining());
        int arrayBytes = map.getInt();
        boolean fits = arrayBytes >= 0 && arrayBytes % Integer.BYTES == 0 && arrayBytes <= map.remaining();
        require(json, fits, "its array has %d bytes", arrayBytes);
        int[] units = new int[arrayBytes / Integer.BYTES];
        map.asIntBuffer().get(units);
        map.position(map.position() + arrayBytes);
        byte[] replacements = new byte[map.remaining()];
        map.get(replacements);
        requireUtf8(json, replacements);
        return new CharacterMap(units, replacements);
    }

    private static byte[] decode(Json json) {
        try {
            return Base64.getDecoder().decode(json.text());
        } catch (IllegalArgumentException e) {
            throw new LanewiseException("a map of characters must be base64: %s: %s".formatted(json.path(),
                    e.getMessage()), e);
        }
    }

    private static void requireUtf8(Json json, byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new LanewiseException("replacements of a map of characters must be UTF-8: " + json.path(), e);
        }
    }

    private static void require(Json json, boolean holds, String found, int bytes) {
        if (!holds) {
            throw new LanewiseException("a map of characters must be an array and its replacements: %s: %s".formatted(
                    json.path(), found.formatted(bytes)));
        }
    }

    /** Says whether a key may begin with a code point. */
    boolean mayBegin(int codePoint) {
        return firsts.get(Utf8.get(codePoint, 0));
    }

    /** Returns the place of the replacement of the shortest key that some code points begin with, or −1. */
    int find(int[] codePoints, int from, int to) {
        int node = units.length == 0 ? 0 : offset(units[0]);
        for (int i = from; i < to; i++) {
            int codePoint = codePoints[i];
            for (int b = 0; b < Utf8.count(codePoint); b++) {
                int value = Utf8.get(codePoint, b);
                node ^= value;
                if (value == 0 || node >= units.length || label(units[node]) != value) {
                    return NONE;
                }
                int unit = units[node];
                node ^= offset(unit);
                if ((unit >>> 8 & 1) != 0) {
                    return place(node);
                }
            }
        }
        return NONE;
    }

    /** A file may say anything: a place that is none, or amid a character, is no replacement. */
    private int place(int node) {
        int place = node < units.length ? units[node] & Integer.MAX_VALUE : NONE;
        boolean inside = place >= 0 && place < replacements.length && (replacements[place] & 0xC0) != 0x80;
        return inside || place == replacements.length ? place : NONE;
    }

    private static int label(int unit) {
        return unit & (1 << 31 | 0xFF);
    }

    private static int offset(int unit) {
        return unit >>> 10 << ((unit & 1 << 9) >>> 6);
    }

    /** Returns the code point of a replacement that begins at a place, or 0 at its end. */
    int codePoint(int place) {
        if (place >= replacements.length) {
            return 0;
        }
        int lead = replacements[place] & 0xFF;
        int count = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        int codePoint = count == 1 ? lead : lead & 0x7F >> count;
        for (int i = 1; i < count; i++) {
            codePoint = codePoint << 6 | replacements[place + i] & 0x3F;
        }
        return codePoint;
    }
}
