package io.lanewise;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import io.lanewise.plan.Cost;
import io.lanewise.plan.Pass;
import io.lanewise.plan.Plan;
import io.lanewise.plan.RowCounts;
import io.lanewise.plan.Step;
import io.lanewise.plan.Stream;
import io.lanewise.runtime.Limits;
import io.lanewise.runtime.PlanExecutor;

/** Tells people what a plan is: the layer as written, what each pass did, the steps, and what they cost for given lengths. */
final class Explanation {

    /** Lengths that are explained when nobody says others: those of the paper this library began with. */
    private static final Map<String, Integer> TYPICAL_LENGTHS = Map.of("question", 15, "query", 15);
    private static final int TYPICAL_LENGTH = 80;

    private final Plan plan;
    private final RowCounts counts;
    private final StringBuilder text = new StringBuilder();

    private Explanation(Plan plan, RowCounts counts) {
        this.plan = plan;
        this.counts = counts;
    }

    /**
     * Explains the plan that samples of these lengths are run by, or both plans where some need one and some the other.
     *
     * @param layer the kind of layer
     * @param plans gives the plan for each order of lengths
     * @param lengths by input, the valid rows of each sample; the longest is the padded length
     * @throws LanewiseException if a length names no input, or the samples differ in number
     */
    static String of(String layer, IntFunction<Plan> plans, Map<String, List<Integer>> lengths) {
        Plan first = plans.apply(0);
        RowCounts counts = counts(first, lengths);
        if (!first.orderMatters()) {
            return describe(layer, first, counts);
        }
        RowCounts suiting = counts.where(sample -> first.order().suits(counts, sample));
        RowCounts others = counts.where(sample -> !first.order().suits(counts, sample));
        StringBuilder text = new StringBuilder();
        if (suiting.samples() > 0) {
            text.append(describe(layer, first, suiting));
        }
        if (others.samples() > 0) {
            text.append(describe(layer, plans.apply(1), others));
        }
        return text.toString();
    }

    private static String describe(String layer, Plan plan, RowCounts counts) {
        Explanation explanation = new Explanation(plan, counts);
        explanation.describe(layer);
        return explanation.text.toString();
    }

    private static RowCounts counts(Plan plan, Map<String, List<Integer>> lengths) {
        Map<String, Stream> streams = plan.streams().stream().filter(Stream::isTold)
                .collect(Collectors.toMap(stream -> stream.length().name(), s -> s));
        int samples = lengths.values().stream().mapToInt(List::size).max().orElse(1);
        for (Map.Entry<String, List<Integer>> entry : lengths.entrySet()) {
            if (!streams.containsKey(entry.getKey())) {
                throw new LanewiseException(
                        "length must name one of " + new TreeMap<>(streams).keySet() + ": length=" + entry.getKey());
            }
            if (entry.getValue().size() != samples || entry.getValue().stream().anyMatch(length -> length < 0)) {
                throw new LanewiseException("lengths must be one a sample and not negative: %s=%s, samples=%d"
                        .formatted(entry.getKey(), entry.getValue(), samples));
            }
        }
        Map<String, Integer> padded = new HashMap<>();
        Map<String, List<Integer>> valid = new HashMap<>();
        for (String name : streams.keySet()) {
            int typical = TYPICAL_LENGTHS.getOrDefault(name, TYPICAL_LENGTH);
            List<Integer> rows = lengths.getOrDefault(name, Collections.nCopies(samples, typical));
            valid.put(name, rows);
            padded.put(name, Math.max(1, rows.stream().mapToInt(Integer::intValue).max().orElse(typical)));
        }
        return new RowCounts(samples, padded, valid);
    }

    private void describe(String layer) {
        line("layer %s, planned for %s", layer, plan.kernels().describe());
        if (plan.orderMatters()) {
            line("for " + plan.order());
        }
        line("");
        line("as written");
        text.append(plan.written().describe());
        line("");
        line("planner");
        plan.log().forEach(entry -> line("  %s", entry));
        line("");
        line("streams");
        plan.streams().forEach(stream -> line("  %s", stream));
        line("");
        line("plan");
        int number = 1;
        for (Pass pass : plan.passes()) {
            describe(number++, pass);
        }
        describeCost();
    }

    private void describe(int number, Pass pass) {
        Cost cost = pass.cost(counts);
        line("  pass %d: %s, one sweep for %s", number, pass.name(), String.join(" + ", pass.absorbed()));
        describe("prologue", pass.prologue());
        if (pass.core() != null) {
            describe("core", List.of(pass.core()));
        }
        describe("epilogue", pass.epilogue());
        line("    %-9s %,d multiply-adds, %,d bytes", "cost", cost.multiplyAdds(), cost.bytes());
    }

    private void describe(String part, List<Step> steps) {
        String title = part;
        for (Step step : steps) {
            line("    %-9s %s", title, step.describe());
            title = "";
        }
    }

    private void describeCost() {
        Cost cost = plan.cost(counts);
        long written = plan.writtenMultiplyAdds(counts);
        line("");
        line("for %d sample(s) of %s", counts.samples(), new TreeMap<>(counts.validLengths()));
        line("  as written %,16d multiply-adds", written);
        line("  planned    %,16d multiply-adds, %,d bytes", cost.multiplyAdds(), cost.bytes());
        if (cost.multiplyAdds() > 0) {
            line("  factor     %16.2f", (double) written / cost.multiplyAdds());
        }
        List<Integer> longest = plan.streams().stream().map(stream -> counts.padded(stream)).toList();
        line("  workspace  %,16d bytes a thread",
                PlanExecutor.workspaceBytes(List.of(plan), Limits.of(plan, counts.samples(), longest)));
    }

    private void line(String format, Object... arguments) {
        text.append(format.formatted(arguments)).append(System.lineSeparator());
    }
}
