package io.lanewise.planner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.lanewise.plan.Buffer;
import io.lanewise.plan.Pass;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Step;

/**
 * Lets slots of the same stream take turns in one buffer when their lifetimes do not meet. Inputs live from the start, outputs
 * to the end.
 *
 * @param buffers the buffers, by index
 * @param bufferOf for each slot, by id, its buffer's index
 */
record AssignBuffers(List<Buffer> buffers, List<Integer> bufferOf) {

    static AssignBuffers of(List<Slot> slots, Collection<Slot> inputs, List<Pass> passes, Set<Slot> outputs,
            boolean reuse) {
        List<Step> steps = passes.stream().map(Pass::steps).flatMap(List::stream).toList();
        Map<Slot, Integer> lastUse = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            for (Slot slot : steps.get(i).reads()) {
                lastUse.put(slot, i);
            }
        }
        outputs.forEach(slot -> lastUse.put(slot, steps.size()));
        List<Buffer> buffers = new ArrayList<>();
        Integer[] bufferOf = new Integer[slots.size()];
        Set<Integer> free = new HashSet<>();
        inputs.forEach(slot -> bufferOf[slot.id()] = take(slot, buffers, free));
        for (int i = 0; i < steps.size(); i++) {
            for (Slot written : steps.get(i).writes()) {
                if (bufferOf[written.id()] == null) {
                    bufferOf[written.id()] = take(written, buffers, free);
                }
            }
            int now = i;
            if (reuse) {
                steps.get(i).reads().stream().filter(slot -> lastUse.get(slot) == now)
                        .forEach(slot -> free.add(bufferOf[slot.id()]));
            }
        }
        for (Slot slot : slots) {
            if (bufferOf[slot.id()] == null) {
                bufferOf[slot.id()] = take(slot, buffers, free);
            }
        }
        return new AssignBuffers(List.copyOf(buffers), List.of(bufferOf));
    }

    /** Takes the free buffer that fits best, or makes one. A buffer may grow: its size is only known to sessions. */
    private static int take(Slot slot, List<Buffer> buffers, Set<Integer> free) {
        Buffer best = null;
        for (Buffer buffer : buffers) {
            boolean fits = free.contains(buffer.index()) && buffer.stream() == slot.stream()
                    && buffer.keys() == slot.keys();
            if (fits && (best == null || distance(buffer, slot) < distance(best, slot))) {
                best = buffer;
            }
        }
        int stride = slot.layout().stride();
        if (best == null) {
            buffers.add(new Buffer(buffers.size(), slot.stream(), slot.keys(), stride));
            return buffers.size() - 1;
        }
        free.remove(best.index());
        buffers.set(best.index(),
                new Buffer(best.index(), slot.stream(), slot.keys(), Math.max(stride, best.stride())));
        return best.index();
    }

    private static int distance(Buffer buffer, Slot slot) {
        return Math.abs(buffer.stride() - slot.layout().stride());
    }
}
