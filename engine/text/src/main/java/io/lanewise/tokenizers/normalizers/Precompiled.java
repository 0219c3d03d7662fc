package io.lanewise.tokenizers.normalizers;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Utf8;
import io.lanewise.tokenizers.unicode.GraphemeClusters;

/**
 * SentencePiece's compiled replacements, as the reference applies them: the text is taken character by character as people see
 * them (grapheme clusters). One of fewer than 6 bytes is looked up whole, and what the shortest prefix in the map becomes stands
 * for all of it; else each code point is looked up by itself.
 */
record Precompiled(CharacterMap map) implements Normalizer {

    private static final int WHOLE_BELOW_BYTES = 6;

    static Normalizer read(Json json) {
        return new Precompiled(CharacterMap.read(json.get("precompiled_charsmap")));
    }

    @Override
    public void normalize(AlignedText text) {
        if (!isChanged(text)) {
            return;
        }
        Changes changes = new Changes(text.length());
        for (int from = 0; from < text.length();) {
            int to = GraphemeClusters.end(text.codePoints(), from, text.length());
            int replacement = bytes(text, from, to) < WHOLE_BELOW_BYTES ? map.find(text.codePoints(), from, to) : -1;
            if (replacement >= 0) {
                changes.replace(map, replacement, to - from);
            } else {
                for (int i = from; i < to; i++) {
                    addSingle(text, i, changes);
                }
            }
            from = to;
        }
        text.begin(0);
        for (int i = 0; i < changes.count; i++) {
            text.put(changes.codePoints[i], changes.changes[i]);
        }
        text.finish();
    }

    private void addSingle(AlignedText text, int i, Changes changes) {
        int replacement = map.find(text.codePoints(), i, i + 1);
        if (replacement >= 0) {
            changes.replace(map, replacement, 1);
        } else {
            changes.add(text.at(i), 0);
        }
    }

    /** A map begins with a first code point, so a text of none that any entry begins with stays. */
    private boolean isChanged(AlignedText text) {
        for (int i = 0; i < text.length(); i++) {
            if (map.mayBegin(text.at(i))) {
                return true;
            }
        }
        return false;
    }

    private static int bytes(AlignedText text, int from, int to) {
        int bytes = 0;
        for (int i = from; i < to && bytes < WHOLE_BELOW_BYTES; i++) {
            bytes += Utf8.count(text.at(i));
        }
        return bytes;
    }

    /** What is to be written: code points, and where each comes from. */
    private static final class Changes {
        int[] codePoints;
        int[] changes;
        int count;

        Changes(int capacity) {
            codePoints = new int[capacity + 16];
            changes = new int[capacity + 16];
        }

        void add(int codePoint, int change) {
            if (count == codePoints.length) {
                codePoints = java.util.Arrays.copyOf(codePoints, 2 * count);
                changes = java.util.Arrays.copyOf(changes, 2 * count);
            }
            codePoints[count] = codePoint;
            changes[count++] = change;
        }

        /** Writes a replacement for so many code points; what it has fewer is taken by the last one written. */
        void replace(CharacterMap map, int replacement, int replaced) {
            int written = 0;
            for (int at = replacement; map.codePoint(at) != 0; at += Utf8.count(map.codePoint(at))) {
                add(map.codePoint(at), written++ < replaced ? 0 : 1);
            }
            if (written < replaced && count > 0) {
                changes[count - 1] += written - replaced;
            }
        }
    }
}
