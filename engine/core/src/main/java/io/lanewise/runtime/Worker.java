package io.lanewise.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.lanewise.plan.Plan;
import io.lanewise.plan.PlannedOutput;
import io.lanewise.plan.Slot;

/** One thread's share of a session for one plan: the plan's steps bound to a workspace. */
final class Worker {

    private final RowGroup group;
    private final List<Packed> inputs = new ArrayList<>();
    private final BoundStep[] steps;
    private final List<Unpacked> outputs = new ArrayList<>();
    private final List<OutputTensor> targets = new ArrayList<>();

    Worker(Plan plan, Workspace workspace, List<StreamRows> streams, Limits limits, Map<String, OutputTensor> tensors) {
        this.group = new RowGroup(streams, limits.maxBatch());
        for (Slot slot : plan.inputs().values()) {
            inputs.add(slot.keys() == null ? new InputRows(workspace, slot) : new InputPairs(workspace, slot));
        }
        this.steps = plan.steps().stream().map(step -> StepBinder.bind(step, workspace)).toArray(BoundStep[]::new);
        plan.outputs().forEach((name, output) -> {
            Unpacked unpacked = unpacked(output, workspace);
            if (unpacked != null) {
                outputs.add(unpacked);
                targets.add(tensors.get(name));
            }
        });
    }

    private static Unpacked unpacked(PlannedOutput output, Workspace workspace) {
        return switch (output) {
            case PlannedOutput.RowsOutput rows -> new OutputRows(workspace, rows.slot());
            case PlannedOutput.NumbersOutput numbers -> new OutputRows(workspace, numbers.slot());
            case PlannedOutput.StackedOutput parts -> new OutputParts(workspace, parts.slot(), parts.shape());
            case PlannedOutput.ChoicesOutput scores -> new OutputChoices(workspace, scores.slot(), scores.choice());
            case PlannedOutput.AttentionOutput _,PlannedOutput.PairBitsOutput _ -> null; // written by others
        };
    }

    /** Runs the whole plan for the samples {@code order[first …]}; {@code data} in the order of the plan's inputs. */
    void run(int[] order, int first, int samples, TensorData[] data) {
        take(order, first, samples);
        pack(data);
        for (int step = 0; step < steps.length; step++) {
            run(step, Part.WHOLE);
        }
        unpack();
    }

    /** Turns to the samples {@code order[first …]}. */
    void take(int[] order, int first, int samples) {
        group.take(order, first, samples);
    }

    /** Packs the rows of the inputs, given in the order of the plan's. */
    void pack(TensorData[] data) {
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).pack(group, data[i]);
        }
    }

    /** Does a part of a step. */
    void run(int step, Part part) {
        steps[step].run(group, part);
    }

    /** Writes the outputs. */
    void unpack() {
        for (int i = 0; i < outputs.size(); i++) {
            outputs.get(i).unpack(group, targets.get(i).memory());
        }
    }
}
