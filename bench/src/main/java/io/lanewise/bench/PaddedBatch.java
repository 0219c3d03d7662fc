package io.lanewise.bench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.lanewise.Inputs;
import io.lanewise.SessionOptions;
import io.lanewise.plan.RowCounts;
import io.lanewise.reference.ReferenceInputs;

/** The inputs of one run, in a form that the plan and the reference both take. Immutable if nobody writes to the arrays. */
public record PaddedBatch(List<PaddedInput> inputs) {

    /** Returns the number of samples. */
    public int samples() {
        return inputs.getFirst().samples();
    }

    /** Returns the names of the inputs. */
    public Set<String> names() {
        return inputs.stream().map(PaddedInput::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns a batch of the first samples alone. */
    public PaddedBatch first(int samples) {
        return new PaddedBatch(inputs.stream().map(input -> input.first(samples)).toList());
    }

    /** Returns the same values with every row said to be valid. */
    public PaddedBatch withoutPadding() {
        return new PaddedBatch(inputs.stream().map(PaddedInput::withoutPadding).toList());
    }

    /** Returns the rows of each length, for counting the work. */
    public RowCounts rowCounts() {
        Map<String, Integer> padded = new HashMap<>();
        Map<String, List<Integer>> valid = new HashMap<>();
        for (PaddedInput input : inputs) {
            padded.put(input.length(), input.rows());
            if (input.lengths().length > 0 || input.length().equals(input.name())) {
                valid.put(input.length(), Arrays.stream(input.lengths()).boxed().toList());
            }
        }
        return new RowCounts(samples(), padded, valid);
    }

    /** Copies the batch for a session. */
    public Inputs forSession() {
        Inputs all = Inputs.none();
        inputs.forEach(input -> input.addTo(all));
        return all;
    }

    /** Wraps the batch for the reference. */
    public ReferenceInputs forReference() {
        ReferenceInputs all = new ReferenceInputs(samples());
        inputs.forEach(input -> input.addTo(all));
        return all;
    }

    /** Returns options for sessions that run this batch and nothing larger, on one thread. */
    public SessionOptions sessionOptions() {
        int longest = inputs.stream().mapToInt(PaddedInput::rows).max().orElseThrow();
        return SessionOptions.defaults().maxBatch(samples()).maxLength(longest)
                .inputs(names().toArray(String[]::new));
    }

    /** Returns the shapes, {@code [128, 15|80, 512]}: samples, rows of each input, features. */
    public String describe() {
        String rows = inputs.stream().map(input -> Integer.toString(input.rows())).collect(Collectors.joining("|"));
        return "[%d, %s, %d]".formatted(samples(), rows, inputs.getFirst().features());
    }
}
