package io.lanewise.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.lanewise.LanewiseException;

/** Reads {@code NAME=N,N,…}, the valid rows of each sample of an input. */
final class SampleLengths {

    /** Far beyond what fits in memory, and far below what would overflow while counting. */
    private static final int LONGEST = 1_000_000;

    private SampleLengths() {}

    /**
     * Reads lengths by input.
     *
     * @throws LanewiseException if one has another form or is out of range, or an input is named twice
     */
    static Map<String, List<Integer>> parse(List<String> texts) {
        Map<String, List<Integer>> lengths = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1 || lengths.put(text.substring(0, equals), rows(text, equals + 1)) != null) {
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
