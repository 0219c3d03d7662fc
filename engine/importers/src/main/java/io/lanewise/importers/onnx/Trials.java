package io.lanewise.importers.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Two trials of a graph with different sizes, so that no number is right by chance: what is done to tokens is recognized if it is
 * right in both.
 */
record Trials(OnnxGraph graph, List<Trial> trials, int padding) {

    /** Longer than any mask's lowest number is high. */
    private static final double LOW = -1000;
    private static final double TOLERANCE = 1e-5;
    private static final double HALF_TOLERANCE = 2e-3;

    static final int BUCKETS = 32;
    private static final int FARTHEST = 128;

    /** Beyond the largest distance that T5 tells from larger ones. */
    private static final int FAR = FARTHEST + 12;

    static Trials run(OnnxGraph graph, int padding) {
        return new Trials(graph, List.of(Trial.run(graph, batch(graph, 2), 5, padding),
                Trial.run(graph, batch(graph, 3), 7, padding)), padding);
    }

    private static int batch(OnnxGraph graph, int texts) {
        return graph.batch() > 0 ? graph.batch() : texts;
    }

    Trial first() {
        return trials.getFirst();
    }

    /** What a number should be for a token. */
    @FunctionalInterface
    private interface Expected {
        double of(Trial trial, int text, int place);
    }

    /** Says whether a value has this number for each token of each text. */
    private boolean isForTokens(String value, Expected expected) {
        return trials.stream().allMatch(trial -> {
            Sample sample = trial.of(value);
            int[] tokens = {trial.batch(), trial.length()};
            if (sample == null || !sample.hasValues() || !repeats(sample, tokens)) {
                return false;
            }
            for (int i = 0; i < trial.batch() * trial.length(); i++) {
                int text = i / trial.length();
                int place = i % trial.length();
                if (sample.repeated(tokens, i) != expected.of(trial, text, place)) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Says whether a sample has that shape once it is repeated. */
    private static boolean repeats(Sample sample, int... shape) {
        boolean repeats = sample.rank() <= shape.length;
        for (int i = 1; repeats && i <= sample.rank(); i++) {
            int size = sample.shape()[sample.rank() - i];
            repeats = size == 1 || size == shape[shape.length - i];
        }
        return repeats;
    }

    // ---------------------------------------------------------------- indices of tables

    boolean isIds(String value) {
        return isForTokens(value, (trial, text, place) -> trial.id(text, place, padding));
    }

    /** Where a graph has no types, all of them are 0. */
    boolean isTypes(String value) {
        return isForTokens(value, (trial, _, place) -> trial.type(place)) || isForTokens(value, (_, _, _) -> 0);
    }

    boolean isPlaces(String value) {
        return isForTokens(value, (_, _, place) -> place);
    }

    /** Places behind the padding's id; padding itself has that id's. */
    boolean isCounted(String value) {
        return isForTokens(value,
                (trial, text, place) -> trial.isToken(text, place) ? padding + 1 + place : padding);
    }

    /** Returns from which row on a table is cut to as many rows as there are tokens; negative if it is not. */
    int firstRow(String start, String end) {
        double first = number(start);
        boolean isCut = first >= 0 && trials.stream().allMatch(trial -> only(trial, end) == first + trial.length());
        return isCut ? (int) first : -1;
    }

    /** Returns the first token's place; negative if it has none. */
    int firstPlace(String value) {
        Sample sample = first().of(value);
        return sample == null || !sample.hasValues() || sample.values().length == 0 ? -1 : (int) sample.values()[0];
    }

    // ---------------------------------------------------------------- masks and factors

    /** Says whether a value adds nothing to the scores of tokens, and takes away a lot from those of padding. */
    boolean isAddedMask(String value) {
        return isMask(value, (sample, isToken) -> isToken ? Math.abs(sample) < TOLERANCE : sample < LOW);
    }

    /** Says whether a value is true where a score is to be replaced. */
    boolean isHidden(String value) {
        return isMask(value, (sample, isToken) -> isToken == (sample == 0));
    }

    /** Says whether a value is true where a score is to be kept. */
    boolean isVisible(String value) {
        return isMask(value, (sample, isToken) -> isToken == (sample != 0));
    }

    /** Says whether a value takes nothing away from the scores of tokens, and a lot from those of padding. */
    boolean isSubtractedMask(String value) {
        return isMask(value, (sample, isToken) -> isToken ? Math.abs(sample) < TOLERANCE : sample > -LOW);
    }

    /** Says whether a value is very low numbers alone. */
    boolean isLow(String value) {
        return trials.stream().map(trial -> trial.of(value)).allMatch(sample -> sample != null && sample.hasValues()
                && Arrays.stream(sample.values()).allMatch(number -> number < LOW));
    }

    @FunctionalInterface
    private interface MaskCheck {
        boolean holds(double sample, boolean isToken);
    }

    private boolean isMask(String value, MaskCheck check) {
        return trials.stream().allMatch(trial -> {
            Sample sample = trial.of(value);
            int length = trial.length();
            int heads = sample != null && sample.rank() == 4 ? sample.shape()[1] : 1;
            int[] scores = {trial.batch(), heads, length, length};
            if (sample == null || !sample.hasValues() || !repeats(sample, scores)) {
                return false;
            }
            boolean holds = true;
            int ofText = heads * length * length;
            for (int i = 0; i < trial.batch() * ofText; i++) {
                holds &= check.holds(sample.repeated(scores, i), trial.isToken(i / ofText, i % length));
            }
            return holds;
        });
    }

    /** Says whether rows are multiplied with 1 for tokens and 0 for padding. */
    boolean isShown(String value) {
        return isOfRows(value, (trial, text, place) -> trial.isToken(text, place) ? 1 : 0);
    }

    private boolean isOfRows(String value, Expected expected) {
        return trials.stream().allMatch(trial -> {
            Sample sample = trial.of(value);
            boolean fits = sample != null && sample.hasValues() && sample.rank() == 3
                    && sample.shape()[0] == trial.batch() && sample.shape()[1] == trial.length();
            for (int i = 0; fits && i < sample.values().length; i++) {
                int row = i / sample.shape()[2];
                fits = sample.values()[i] == expected.of(trial, row / trial.length(), row % trial.length());
            }
            return fits;
        });
    }

    /** Says whether a value is how many tokens each text has. */
    boolean isCounts(String value) {
        return trials.stream().allMatch(trial -> {
            Sample sample = trial.of(value);
            boolean fits = sample != null && sample.hasValues() && sample.rank() == 2
                    && sample.shape()[0] == trial.batch();
            for (int i = 0; fits && i < sample.values().length; i++) {
                int text = i / sample.shape()[1];
                fits = sample.values()[i] == trial.length() - text % trial.length();
            }
            return fits;
        });
    }

    /** Returns the only number of a value, where it is the same however many tokens there are; else not a number. */
    double number(String value) {
        double number = only(first(), value);
        return only(trials.getLast(), value) == number ? number : Double.NaN;
    }

    /** Says whether a product of numbers, and of others' inverses, is a number. */
    boolean isProduct(List<String> factors, List<String> divisors, double expected) {
        return trials.stream().allMatch(trial -> {
            double product = 1;
            for (String factor : factors) {
                product *= only(trial, factor);
            }
            for (String divisor : divisors) {
                product /= only(trial, divisor);
            }
            return Math.abs(product - expected) < (graph.isHalf() ? HALF_TOLERANCE : TOLERANCE) * expected;
        });
    }

    private static double only(Trial trial, String value) {
        Sample sample = trial.of(value);
        return sample == null || !sample.hasValues() || sample.values().length != 1 ? Double.NaN : sample.values()[0];
    }

    /**
     * Says whether values are T5's buckets for each query and key, those that are far from each other included.
     *
     * @param places how many the graph has, at most
     */
    boolean areBuckets(Set<String> values, int places) {
        return areOfDistances(values, places, Trials::bucket);
    }

    /** Says whether each is the distance of a key from its query, counted from a number on. */
    boolean areDistances(Set<String> values, int places, int ofZero) {
        return areOfDistances(values, places, distance -> ofZero + distance);
    }

    private boolean areOfDistances(Set<String> values, int places, IntUnaryOperator expected) {
        Trial far = Trial.run(graph, batch(graph, 1), Math.max(1, Math.min(FAR, places)), padding);
        return values.stream().allMatch(value -> isOfDistances(value, far, expected));
    }

    private boolean isOfDistances(String value, Trial far, IntUnaryOperator expected) {
        return Stream.concat(trials.stream(), Stream.of(far)).allMatch(trial -> {
            Sample sample = trial.of(value);
            int length = trial.length();
            boolean fits = sample != null && sample.hasValues() && sample.elements() == length * length;
            for (int i = 0; fits && i < length * length; i++) {
                fits = sample.values()[i] == expected.applyAsInt(i % length - i / length);
            }
            return fits;
        });
    }

    /** T5's rule for attention both ways: near distances have their own bucket, far ones share by the logarithm. */
    static int bucket(int distance) {
        int half = BUCKETS / 2;
        int exact = half / 2;
        int start = distance > 0 ? half : 0;
        int n = Math.abs(distance);
        float share = (float) Math.log((float) n / exact) / (float) Math.log((float) FARTHEST / exact);
        return start + (n < exact ? n : Math.min(half - 1, exact + (int) (share * (half - exact))));
    }

    // ---------------------------------------------------------------- shapes

    /** Says whether a value has a row of so many features for each token, in one list or by texts. */
    boolean isRows(String value, int features) {
        return hasRows(value, features, trial -> trial.batch() * trial.length());
    }

    /** Says whether a value has a row of so many features for each text. */
    boolean isRowOfText(String value, int features) {
        return hasRows(value, features, Trial::batch);
    }

    private boolean hasRows(String value, int features, ToIntFunction<Trial> rows) {
        return trials.stream().allMatch(trial -> {
            Sample sample = trial.of(value);
            return sample != null && sample.rank() > 1 && sample.shape()[sample.rank() - 1] == features
                    && sample.elements() == rows.applyAsInt(trial) * features;
        });
    }

    /** Says whether heads of all texts stand in one list. */
    boolean isListOfHeads(String value, int heads, int size) {
        return hasShape(value, trial -> new int[]{trial.batch() * heads, trial.length(), size});
    }

    boolean isHeads(String value, int heads, int size) {
        return hasShape(value, trial -> new int[]{trial.batch(), heads, trial.length(), size});
    }

    boolean isTransposedHeads(String value, int heads, int size) {
        return hasShape(value, trial -> new int[]{trial.batch(), heads, size, trial.length()});
    }

    @FunctionalInterface
    private interface ExpectedShape {
        int[] of(Trial trial);
    }

    private boolean hasShape(String value, ExpectedShape expected) {
        return trials.stream().allMatch(trial -> trial.of(value) != null
                && Arrays.equals(trial.of(value).shape(), expected.of(trial)));
    }
}
