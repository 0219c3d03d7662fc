package io.lanewise.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

import io.lanewise.graph.Choice;
import io.lanewise.kernels.RowLayout;
import io.lanewise.memory.Rows;
import io.lanewise.plan.Slot;

/** Unpacks the whole number that is chosen by each sample's scores: the features of its only row, or a number a sequence. */
final class OutputChoices implements Unpacked {

    private static final int MOST_COUNTED = 10;

    private final Rows scores;
    private final RowLayout layout;
    private final Choice choice;
    private final int stream;

    OutputChoices(Workspace workspace, Slot slot, Choice choice) {
        this.scores = workspace.rows(slot);
        this.layout = slot.layout();
        this.choice = choice;
        this.stream = slot.stream().index();
    }

    @Override
    public void unpack(RowGroup group, MemorySegment output) {
        int each = group.batch(stream).stream().sequences();
        for (int s = 0; s < group.sequences(stream); s += each) {
            scores.select(s, each);
            long chosen = switch (choice) {
                case COUNT -> counted(scores.get(0, 0));
                case LARGEST -> each == 1 ? largestFeature() : largestRow(each);
            };
            output.set(ValueLayout.JAVA_LONG_UNALIGNED, (long) group.sequence(stream, s) / each * Long.BYTES, chosen);
        }
    }

    private static long counted(float number) {
        return Float.isNaN(number) ? -1 : (long) Math.clamp(Math.rint(number), 1, MOST_COUNTED);
    }

    private long largestFeature() {
        int best = 0;
        for (int feature = 1; feature < layout.features(); feature++) {
            best = isLarger(scores.get(0, layout.column(feature)), scores.get(0, layout.column(best))) ? feature : best;
        }
        return best;
    }

    private long largestRow(int rows) {
        int best = 0;
        for (int row = 1; row < rows; row++) {
            best = isLarger(scores.get(row, 0), scores.get(best, 0)) ? row : best;
        }
        return best;
    }

    private static boolean isLarger(float score, float best) {
        return score > best || Float.isNaN(score) && !Float.isNaN(best);
    }
}
