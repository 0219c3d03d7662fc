package io.lanewise.tokenizers.unicode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The order in which combining marks stand after their base, as Unicode 9 has it. */
public final class CombiningClass {

    private static final int FIRST = 0x300; // below it nothing combines

    private static final CodePointMap CLASSES = new CodePointMap(rows());

    private CombiningClass() {}

    private static List<String[]> rows() {
        List<String[]> rows = new ArrayList<>();
        int number = 1;
        for (String[] marks : UnicodeData.rows("combining")) {
            for (String range : marks) {
                String[] ends = range.split("-");
                int last = UnicodeData.codePoint(ends[ends.length - 1]);
                for (int mark = UnicodeData.codePoint(ends[0]); mark <= last; mark++) {
                    rows.add(new String[]{Integer.toHexString(mark), Integer.toHexString(number)});
                }
            }
            number++;
        }
        return rows;
    }

    /** Returns all code points that combine. */
    static IntStream all() {
        return CLASSES.keys();
    }

    /** Returns the number of a code point's class among all classes that there are: 0 where it does not combine. */
    public static int of(int codePoint) {
        if (codePoint < FIRST) {
            return 0;
        }
        int place = CLASSES.find(codePoint);
        return place < 0 ? 0 : CLASSES.get(place, 0);
    }
}
