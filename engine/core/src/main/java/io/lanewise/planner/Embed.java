package io.lanewise.planner;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.graph.Op;
import io.lanewise.graph.Value;
import io.lanewise.plan.Affine;
import io.lanewise.plan.EmbedStep;
import io.lanewise.plan.Embedding;
import io.lanewise.plan.TableIndex;

/** {@code layer-norm(gather + gather + …)} of tables by token, or as much of it as there is, in one sweep; or a gather by itself. */
final class Embed implements LoweringRule {

    private final boolean takesSums;

    /** Makes the rule; {@code takesSums} says whether sums and norms are taken in, too. */
    Embed(boolean takesSums) {
        this.takesSums = takesSums;
    }

    @Override
    public Match match(Value root, LoweringGraph graph) {
        if (!isEmbedding(root)) {
            return null;
        }
        Value top = root;
        List<Value> inside = new ArrayList<>();
        for (Value next = above(top, graph); takesSums && next != null; next = above(top, graph)) {
            inside.add(top);
            if (next.op() instanceof Op.Add add) {
                inside.add(add.right());
            }
            top = next;
        }
        Value result = top;
        return Match.of(result, inside, steps -> make(steps, result));
    }

    private static boolean isEmbedding(Value value) {
        return value.op() instanceof Op.Gather gather && !(gather.indices().op() instanceof Op.Positions);
    }

    /** Returns what alone reads a sum of embeddings and adds one to it, or norms it; else null. */
    private static Value above(Value sum, LoweringGraph graph) {
        Value reader = graph.onlyReader(sum);
        if (reader == null || sum.op() instanceof Op.LayerNorm) {
            return null;
        }
        boolean fits = switch (reader.op()) {
            case Op.Add add -> add.left() == sum && isEmbedding(add.right()) && graph.onlyReader(add.right()) == reader;
            case Op.LayerNorm _ -> true;
            default -> false;
        };
        return fits ? reader : null;
    }

    private static void make(StepWriter steps, Value result) {
        List<Embedding> tables = new ArrayList<>();
        Affine norm = null;
        Value sum = result;
        if (sum.op() instanceof Op.LayerNorm op) {
            norm = new Affine(StepWriter.constant(op.scale()), StepWriter.constant(op.shift()), op.eps());
            sum = op.x();
        }
        for (; sum.op() instanceof Op.Add add; sum = add.left()) {
            tables.addFirst(embedding(steps, (Op.Gather) add.right().op()));
        }
        tables.addFirst(embedding(steps, (Op.Gather) sum.op()));
        steps.add(new EmbedStep(steps.make(result), List.copyOf(tables), norm));
    }

    private static Embedding embedding(StepWriter steps, Op.Gather gather) {
        return new Embedding(gather.table().constant(), switch (gather.indices().op()) {
            case Op.Tokens _ -> new TableIndex.Given(steps.slot(gather.indices()));
            case Op.Places places -> new TableIndex.Place(places.first());
            case Op.CountedPlaces places ->
                new TableIndex.Counted(steps.slot(places.tokens()), places.padding());
            case Op.SamePlace place -> new TableIndex.Same(place.row());
            case Op op -> throw new IllegalStateException("indices must come of tokens: op=" + op.term());
        });
    }
}
