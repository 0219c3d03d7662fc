package io.lanewise.plan;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.kernels.KernelForm;

/**
 * Rows mixed by their products with each other, {@code result = (rows rowsᵀ) values}, without anything kept of the products but a tile:
 * as it is written, or as {@code rows (rowsᵀ values)}, whichever takes fewer multiply-adds for a sample's own rows.
 */
public record AssociateStep(Slot result, Slot rows, Slot values) implements Step {

    /** Rows whose products are kept for at once; more go the other way. It must not depend on a session's limits. */
    private static final int MOST_PAIRED = AttendStep.KEYS_AT_ONCE;

    /** Says whether so many rows of a sample are multiplied with each other. */
    public boolean pairs(int count) {
        return count <= MOST_PAIRED && pairedCost(count) <= apartCost(count);
    }

    private long pairedCost(long count) {
        return count * count * (rows.layout().features() + values.layout().features());
    }

    private long apartCost(long count) {
        return 2 * count * rows.layout().features() * values.layout().features();
    }

    @Override
    public List<Slot> reads() {
        return List.of(rows, values);
    }

    @Override
    public List<Slot> writes() {
        return List.of(result);
    }

    @Override
    public List<String> absorbed() {
        return List.of("scores", "context");
    }

    @Override
    public Cost cost(RowCounts counts) {
        long multiplyAdds = 0;
        for (int sample = 0; sample < counts.samples(); sample++) {
            int count = counts.valid(rows.stream(), sample);
            multiplyAdds += pairs(count) ? pairedCost(count) : apartCost(count);
        }
        return new Cost(multiplyAdds * rows.stream().length().sequences(),
                counts.rows(rows.stream()) * (rows.layout().features() + 2L * values.layout().features())
                        * Float.BYTES);
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return Set.of(KernelForm.rowScores(rows.layout().width()), KernelForm.rowContext(values.layout().width()),
                KernelForm.TRANSPOSE);
    }

    @Override
    public String describe() {
        return result + " = (" + rows + " · " + rows + "ᵀ) · " + values
                + ", associated as takes least";
    }
}
