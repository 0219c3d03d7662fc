package io.lanewise.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import io.lanewise.graph.Constant;
import io.lanewise.kernels.KernelForm;

/**
 * The rows that a stream of tokens begins with, in one sweep: gathered from tables, summed, and normed.
 *
 * @param tables of which a row each is summed, in this order
 * @param norm the layer norm at the end, or null
 */
public record EmbedStep(Slot result, List<Embedding> tables, Affine norm) implements Step {

    @Override
    public List<Slot> reads() {
        List<Slot> reads = new ArrayList<>();
        for (Embedding embedding : tables) {
            switch (embedding.index()) {
                case TableIndex.Given given -> reads.add(given.tokens());
                case TableIndex.Counted counted -> reads.add(counted.tokens());
                case TableIndex.Place _,TableIndex.Same _ -> {
                    // nothing but the row's number
                }
            }
        }
        return reads;
    }

    @Override
    public List<Slot> writes() {
        return List.of(result);
    }

    @Override
    public List<TableRef> constants() {
        List<TableRef> constants = new ArrayList<>();
        tables.stream().filter(embedding -> !staysInItsFile(embedding))
                .forEach(embedding -> constants.add(reference(embedding.table())));
        if (norm != null && norm.scale() != null) {
            constants.add(reference(norm.scale()));
        }
        if (norm != null && norm.shift() != null) {
            constants.add(reference(norm.shift()));
        }
        return constants;
    }

    /** Says whether a table's rows are read from where it came from: the first's, to which nothing has to be added, if it is large. */
    public boolean staysInItsFile(Embedding embedding) {
        return embedding == tables.getFirst() && embedding.isLarge();
    }

    private TableRef reference(Constant table) {
        return new TableRef(table, result.layout());
    }

    @Override
    public List<String> absorbed() {
        List<String> absorbed = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            absorbed.add("gather");
            if (i > 0) {
                absorbed.add("add");
            }
        }
        if (norm != null) {
            absorbed.add("layer-norm");
        }
        return absorbed;
    }

    @Override
    public int longest() {
        return tables.stream().mapToInt(Embedding::longest).min().orElseThrow();
    }

    @Override
    public Cost cost(RowCounts counts) {
        return new Cost(0,
                (tables.size() + 1L) * counts.rows(result.stream()) * result.layout().features() * Float.BYTES);
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        Set<KernelForm> forms = EnumSet.of(KernelForm.ACTIVATE_NONE);
        if (tables.size() > 1) {
            forms.add(KernelForm.ADD);
        }
        if (norm != null) {
            forms.add(KernelForm.FUSED_NORM);
        }
        return forms;
    }

    @Override
    public String describe() {
        String sum = tables.stream().map(Embedding::toString).collect(Collectors.joining(" + "));
        return result + " = " + (norm == null ? sum : "norm(" + sum + ") · " + norm.scale() + shift());
    }

    private String shift() {
        return norm.shift() == null ? "" : " + " + norm.shift();
    }
}
