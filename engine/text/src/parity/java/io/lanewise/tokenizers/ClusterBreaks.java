package io.lanewise.tokenizers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * The characters that no mark joins, control characters mostly, as the reference's {@code Precompiled} shows: two marks that are
 * a cluster of their own become one character of the map, two that belong to a longer cluster are looked up one by one.
 */
final class ClusterBreaks {

    private static final int BATCH = 5_000;
    /** What the map has, CC 81 in UTF-8, and what it makes of it. */
    private static final String KNOWN = "\u0301";
    private static final String REPLACEMENT = "Z";
    private static final String OTHER = "\u0302";

    private ClusterBreaks() {}

    /** Returns them, but for the ends of a line, which join each other. */
    static BitSet all() {
        BitSet breaks = new BitSet();
        try (ReferenceProbe probe = ReferenceProbe.ofNormalizer(Map.of("type", "Precompiled", "precompiled_charsmap",
                Base64.getEncoder().encodeToString(map())))) {
            for (int from = 0; from <= Character.MAX_CODE_POINT; from += BATCH) {
                ask(probe, from, breaks);
            }
        }
        breaks.clear('\r');
        breaks.clear('\n');
        return breaks;
    }

    private static void ask(ReferenceProbe probe, int first, BitSet breaks) {
        List<String> texts = new ArrayList<>();
        for (int codePoint = first; codePoint < first + BATCH; codePoint++) {
            boolean asked = codePoint <= Character.MAX_CODE_POINT && !CodePointRanges.isSurrogate(codePoint);
            texts.add(Character.toString(asked ? codePoint : 'a') + KNOWN + OTHER);
        }
        List<String> normalized = probe.normalized(texts);
        for (int i = 0; i < texts.size(); i++) {
            breaks.set(first + i, !normalized.get(i).endsWith(OTHER));
        }
    }

    /** Returns a double array with one key: from the root over the bytes CC and 81 to a value, 0. */
    private static byte[] map() {
        int[] units = new int[0x400];
        int lead = 1 ^ 0xCC;
        int trail = lead ^ 0x200 ^ 0x81;
        units[0] = 1 << 10;
        units[lead] = 0x200 << 10 | 0xCC;
        units[trail] = 1 << 10 | 1 << 8 | 0x81;
        units[trail ^ 1] = 1 << 31;
        ByteBuffer map = ByteBuffer.allocate(Integer.BYTES * (1 + units.length) + 2).order(ByteOrder.LITTLE_ENDIAN);
        map.putInt(Integer.BYTES * units.length);
        for (int unit : units) {
            map.putInt(unit);
        }
        return map.put((byte) REPLACEMENT.charAt(0)).put((byte) 0).array();
    }
}
