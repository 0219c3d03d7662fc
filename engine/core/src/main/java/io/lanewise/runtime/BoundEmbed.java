package io.lanewise.runtime;

import java.lang.foreign.ValueLayout;

import io.lanewise.graph.Constant;
import io.lanewise.kernels.Activation;
import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.EmbedStep;
import io.lanewise.plan.Embedding;
import io.lanewise.plan.TableIndex;

/** Embeddings at work, on a part of each sample: gathered, summed, and normed while they are in the cache. */
final class BoundEmbed implements BoundStep {

    /** Rows that are read of a file in one call, which asks for the file's length. */
    private static final int ROWS_AT_ONCE = 64;

    private final Kernels kernels;
    private final Rows to;
    private final Table[] tables;
    private final Rows scale; // one row, or null
    private final Rows shift; // one row, or null
    private final boolean norms;
    private final float eps;
    private final int features;
    private final int stream;
    private final int[] wanted = new int[ROWS_AT_ONCE];

    /** One of the tables that are summed. */
    private record Table(Constant file, Rows rows, TableIndex index, Rows tokens) {}

    BoundEmbed(EmbedStep step, Workspace workspace) {
        kernels = workspace.kernels();
        to = workspace.rows(step.result());
        tables = step.tables().stream().map(embedding -> table(embedding, step, workspace)).toArray(Table[]::new);
        norms = step.norm() != null;
        scale = norms && step.norm().scale() != null
                ? workspace.constants().table(step.norm().scale(), step.result().layout())
                : null;
        shift = norms && step.norm().shift() != null
                ? workspace.constants().table(step.norm().shift(), step.result().layout())
                : null;
        eps = norms ? (float) step.norm().eps() : 0;
        features = step.result().layout().features();
        stream = step.result().stream().index();
    }

    private static Table table(Embedding embedding, EmbedStep step, Workspace workspace) {
        Rows tokens = switch (embedding.index()) {
            case TableIndex.Given given -> workspace.rows(given.tokens());
            case TableIndex.Counted counted -> workspace.rows(counted.tokens());
            case TableIndex.Place _,TableIndex.Same _ -> null;
        };
        return step.staysInItsFile(embedding)
                ? new Table(embedding.table(), null, embedding.index(), tokens)
                : new Table(null, workspace.constants().table(embedding.table(), step.result().layout()),
                        embedding.index(), tokens);
    }

    @Override
    public void run(RowGroup group, Part part) {
        for (int s = 0; s < group.sequences(stream); s++) {
            int start = group.start(stream, s);
            int first = part.start(group.live(stream, s));
            int end = part.end(group.live(stream, s));
            if (first == end) {
                continue;
            }
            for (int table = 0; table < tables.length; table++) {
                gather(tables[table], table == 0, group, s, start, first, end);
            }
            if (norms) {
                to.select(start + first, end - first);
                kernels.fusedNorm(to, to, null, features, eps, scale, shift);
            }
        }
    }

    private void gather(Table table, boolean isFirst, RowGroup group, int s, int start, int first, int end) {
        StreamRows rows = group.batch(stream);
        int count = counted(table, start, first);
        int waiting = 0;
        for (int row = first; row < end; row++) {
            count += isCounted(table, start + row) ? 1 : 0;
            int of = switch (table.index()) {
                case TableIndex.Given _ -> id(table, start + row);
                case TableIndex.Place(int offset) -> offset + rows.source(group.sequence(stream, s), row);
                case TableIndex.Counted counted ->
                    counted.padding() + (isCounted(table, start + row) ? count : 0);
                case TableIndex.Same(int same) -> same;
            };
            if (table.file() == null) {
                add(table.rows().select(of, 1), start + row, isFirst);
            } else {
                wanted[waiting++] = of;
                if (waiting == wanted.length || row == end - 1) {
                    fromFile(table.file(), start + row + 1 - waiting, waiting);
                    waiting = 0;
                }
            }
        }
    }

    private void add(Rows of, int row, boolean isFirst) {
        to.select(row, 1);
        if (isFirst) {
            kernels.activate(to, of, Activation.NONE);
        } else {
            kernels.add(to, to, of);
        }
    }

    /** Reads the wanted rows of a table that stays in its file, which is the first. */
    private void fromFile(Constant file, int row, int count) {
        to.select(row, count).clear();
        file.source().copyRows(wanted, count, features, to.segment(), to.firstByte(), to.strideBytes());
    }

    private static int counted(Table table, int start, int first) {
        int count = 0;
        for (int row = 0; row < first; row++) {
            count += isCounted(table, start + row) ? 1 : 0;
        }
        return count;
    }

    private static boolean isCounted(Table table, int row) {
        return table.index() instanceof TableIndex.Counted counted && id(table, row) != counted.padding();
    }

    private static int id(Table table, int row) {
        Rows tokens = table.tokens();
        return tokens.segment().get(ValueLayout.JAVA_INT_UNALIGNED, tokens.select(row, 1).firstByte());
    }
}
