package io.lanewise.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.graph.Graph;
import io.lanewise.kernels.KernelForm;
import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.PackedWeight;

/**
 * How a layer is computed, group of samples by group of samples. Immutable; shared by all sessions of a model.
 *
 * @param kernels what it was planned for: layouts depend on it
 * @param order which lengths it is best for; every order is computed rightly
 * @param orderMatters whether another plan would be better for samples in another order
 * @param written the layer as it is written
 * @param graph the layer as the graph passes left it
 * @param log what each planner pass did, in order
 * @param streams the lengths and how their rows are laid out
 * @param inputs the slot of each input, by name
 * @param passes the work, in order
 * @param outputs where each result comes from, by name
 * @param buffers the parts of the workspace
 * @param bufferOf for each slot, by id, the index of its buffer
 */
public record Plan(Kernels kernels, LengthOrder order, boolean orderMatters, Graph written, Graph graph,
        List<String> log,
        List<Stream> streams,
        Map<String, Slot> inputs,
        List<Pass> passes, Map<String, PlannedOutput> outputs, List<Buffer> buffers, List<Integer> bufferOf) {

    /** Returns every step in order. */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (Pass pass : passes) {
            steps.addAll(pass.steps());
        }
        return steps;
    }

    /** Returns what the steps call of the kernels, where streams may be as long as is said. */
    public Set<KernelForm> kernelForms(ToIntFunction<Stream> longest) {
        boolean streams = streamsWeights();
        Set<KernelForm> forms = EnumSet.noneOf(KernelForm.class);
        for (Step step : steps()) {
            for (KernelForm form : step.kernels(longest)) {
                forms.add(streams ? form.streamed() : form);
            }
        }
        return forms;
    }

    /** Returns whether a run reads more constants than caches keep for the next one. */
    public boolean streamsWeights() {
        Set<ConstantRef> constants = new HashSet<>();
        long bytes = 0;
        for (Step step : steps()) {
            for (ConstantRef constant : step.constants()) {
                bytes += constants.add(constant) ? constant.bytes() : 0;
            }
        }
        return PackedWeight.isStreamed(bytes);
    }

    /** Returns the stream of that length. */
    public Stream stream(String length) {
        return streams.stream().filter(stream -> stream.length().name().equals(length)).findFirst().orElseThrow();
    }

    /** Returns what the plan costs. */
    public Cost cost(RowCounts rows) {
        return passes.stream().map(pass -> pass.cost(rows)).reduce(Cost.NONE, Cost::plus);
    }

    /** Returns the multiply-adds of the layer as it is written, every row included. */
    public long writtenMultiplyAdds(RowCounts rows) {
        return WrittenCost.multiplyAdds(written, rows);
    }
}
