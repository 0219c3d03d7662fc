package io.lanewise.tokenizers.unicode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The script of code points, as Unicode 9 has it. */
public final class Script {

    /** A code point of no script. */
    public static final int ANY = 0;

    private static final int[] FIRSTS;
    private static final int[] LASTS;
    private static final int[] SCRIPTS;

    static {
        List<int[]> ranges = new ArrayList<>();
        List<String[]> rows = UnicodeData.rows("script");
        for (int script = 0; script < rows.size(); script++) {
            String[] row = rows.get(script);
            for (String range : Arrays.asList(row).subList(1, row.length)) {
                String[] ends = range.split("-");
                ranges.add(new int[]{UnicodeData.codePoint(ends[0]), UnicodeData.codePoint(ends[ends.length - 1]),
                        script + 1});
            }
        }
        ranges.sort(Comparator.comparingInt(range -> range[0]));
        FIRSTS = ranges.stream().mapToInt(range -> range[0]).toArray();
        LASTS = ranges.stream().mapToInt(range -> range[1]).toArray();
        SCRIPTS = ranges.stream().mapToInt(range -> range[2]).toArray();
    }

    private Script() {}

    /** Returns a number that code points of one script share; hiragana and katakana count as han, as SentencePiece has it. */
    public static int of(int codePoint) {
        int place = Arrays.binarySearch(FIRSTS, codePoint);
        int range = place >= 0 ? place : -place - 2;
        return range >= 0 && codePoint <= LASTS[range] ? SCRIPTS[range] : ANY;
    }
}
