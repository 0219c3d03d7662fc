package io.lanewise.planner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import io.lanewise.plan.Buffer;
import io.lanewise.plan.Pass;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Step;

/**
 * Lets slots of the same stream take turns in one buffer when their lifetimes do not meet. Inputs live from the start, outputs
 * to the end.
 */
final class AssignBuffers {

    private final List<Buffer> buffers = new ArrayList<>();
    private final Integer[] bufferOf; // by id of the slot
    private final SortedSet<Integer> free = new TreeSet<>();

    private AssignBuffers(int slots) {
        bufferOf = new Integer[slots];
    }

    static AssignBuffers of(List<Slot> slots, Collection<Slot> inputs, List<Pass> passes, Set<Slot> outputs,
            boolean reuse) {
        List<Step> steps = new ArrayList<>();
        for (Pass pass : passes) {
            steps.addAll(pass.steps());
        }
        int[] lastRead = lastReads(slots.size(), steps, outputs);
        AssignBuffers memory = new AssignBuffers(slots.size());
        memory.hold(inputs);
        for (int i = 0; i < steps.size(); i++) {
            memory.hold(steps.get(i).writes());
            for (Slot slot : steps.get(i).reads()) {
                if (reuse && lastRead[slot.whole().id()] == i) {
                    memory.free.add(memory.bufferOf[slot.whole().id()]);
                }
            }
        }
        memory.hold(slots);
        return memory;
    }

    /** Returns for each slot, by id, the step that reads it last; the caller reads outputs after all steps. */
    private static int[] lastReads(int slots, List<Step> steps, Set<Slot> outputs) {
        int[] last = new int[slots];
        for (int i = 0; i < steps.size(); i++) {
            for (Slot slot : steps.get(i).reads()) {
                last[slot.whole().id()] = i;
            }
        }
        for (Slot slot : outputs) {
            last[slot.whole().id()] = steps.size();
        }
        return last;
    }

    /** Returns the buffers, by index. */
    List<Buffer> buffers() {
        return List.copyOf(buffers);
    }

    /** Returns for each slot, by id, its buffer's index. */
    List<Integer> bufferOf() {
        return List.of(bufferOf);
    }

    private void hold(Collection<Slot> slots) {
        for (Slot slot : slots) {
            hold(slot);
        }
    }

    /** Gives a slot a buffer unless it has one: the free one that fits best, which may grow, or a new one. */
    private void hold(Slot slot) {
        if (bufferOf[slot.id()] != null) {
            return;
        }
        if (slot.within() != null) {
            hold(slot.within());
            bufferOf[slot.id()] = bufferOf[slot.within().id()];
            return;
        }
        Buffer best = bestOfFree(slot);
        int stride = slot.layout().stride();
        if (best == null) {
            bufferOf[slot.id()] = buffers.size();
            buffers.add(new Buffer(buffers.size(), slot.stream(), slot.keys(), stride));
        } else {
            bufferOf[slot.id()] = best.index();
            free.remove(best.index());
            buffers.set(best.index(),
                    new Buffer(best.index(), slot.stream(), slot.keys(), Math.max(stride, best.stride())));
        }
    }

    private Buffer bestOfFree(Slot slot) {
        Buffer best = null;
        for (int index : free) {
            Buffer buffer = buffers.get(index);
            boolean fits = buffer.stream() == slot.stream() && buffer.keys() == slot.keys();
            if (fits && (best == null || distance(buffer, slot) < distance(best, slot))) {
                best = buffer;
            }
        }
        return best;
    }

    private static int distance(Buffer buffer, Slot slot) {
        return Math.abs(buffer.stride() - slot.layout().stride());
    }
}
