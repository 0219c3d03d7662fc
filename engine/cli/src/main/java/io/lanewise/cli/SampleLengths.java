package io.lanewise.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.lanewise.LanewiseException;

/** Reads {@code NAME=N,N,…}, or {@code N,N,…} where there is but one input: the valid rows of each sample of an input. */
final class SampleLengths {

    /** Far beyond what fits in memory, and far below what would overflow while counting. */
    private static final int LONGEST = 1_000_000;

    private SampleLengths() {}

    /**
     * Reads lengths by input.
     *
     * @param only the input that lengths without a name are of; null where they must have one
     * @throws LanewiseException if one has another form or is out of range, or an input is named twice
     */
    static Map<String, List<Integer>> parse(List<String> texts, String only) {
        Map<String, List<Integer>> lengths = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? only : text.substring(0, equals);
            if (name == null || equals == 0 || lengths.put(name, rows(text, equals + 1)) != null) {
                throw mistake("length must be NAME=N,N,... with every name once", text);
            }
        }
        return lengths;
    }

    private static List<Integer> rows(String text, int start) {
        List<Integer> rows = new ArrayList<>();
        for (String number : text.substring(start).split(",", -1)) {
            if (!number.matches("[0-9]{1,7}") || Integer.parseInt(number) > LONGEST) {
                throw mistake("length must be whole numbers from 0 to " + LONGEST, text);
            }
            rows.add(Integer.parseInt(number));
        }
        return rows;
    }

    private static LanewiseException mistake(String rule, String text) {
        return new LanewiseException(rule + ": --length " + text);
    }
}
