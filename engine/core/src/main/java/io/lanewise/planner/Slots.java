package io.lanewise.planner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Length;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.RowLayout;
import io.lanewise.memory.Block;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Stream;

/** Gives each value that must stand in memory a slot, and knows in which layout. */
final class Slots {

    /** How a weight's name ends, and its layer's does not. */
    private static final Pattern WEIGHT = Pattern.compile("\\.weight(_raw)?$");

    private final Kernels kernels;
    private final Map<Length, Stream> streams = new HashMap<>();
    private final Map<Value, Slot> ofValue = new HashMap<>();
    private final List<Slot> all = new ArrayList<>();

    Slots(Kernels kernels, List<Stream> streams) {
        this.kernels = kernels;
        streams.forEach(stream -> this.streams.put(stream.length(), stream));
    }

    Stream stream(Length length) {
        return streams.get(length);
    }

    /** Returns the slot of a value that has one, or null. */
    Slot find(Value value) {
        return ofValue.get(value);
    }

    /** Lets a value stand where another does. */
    void alias(Value value, Slot slot) {
        ofValue.put(value, slot);
    }

    /** Makes the slot of tokens. */
    Slot makeTokens(Value tokens) {
        Slot slot = makeUnnamed(label(tokens), ((Shape.Indices) tokens.shape()).length(), RowLayout.dense(1, 1, 1));
        ofValue.put(tokens, slot);
        return slot;
    }

    /** Makes the slot of an input of pairs. */
    Slot makePairs(Value pairs) {
        Slot slot = makeScores(label(pairs), pairs.pairs());
        ofValue.put(pairs, slot);
        return slot;
    }

    /** Makes the slot of a value of rows. */
    Slot make(Value value, RowLayout layout) {
        Slot slot = makeUnnamed(label(value), value.rows().length(), layout);
        ofValue.put(value, slot);
        return slot;
    }

    /** Makes a slot that no value of the graph has as its own. */
    Slot makeUnnamed(String label, Length length, RowLayout layout) {
        return keep(new Slot(all.size(), label, stream(length), null, layout));
    }

    /** Lets a value stand in some columns of a slot, {@code firstFloat} floats behind where its rows begin. */
    void view(Value value, Slot of, RowLayout layout, int firstFloat) {
        ofValue.put(value, keep(new Slot(all.size(), label(value), of.stream(), null, layout, of.whole(),
                of.firstFloat() + firstFloat)));
    }

    /** Makes a slot of some columns of another that no value of the graph has as its own. */
    Slot viewUnnamed(Slot of, RowLayout layout, int firstFloat) {
        return keep(
                new Slot(all.size(), of.label(), of.stream(), null, layout, of.whole(), of.firstFloat() + firstFloat));
    }

    /** Returns a layout of parts of equal size, one after the other. */
    RowLayout parts(int features, int part) {
        return RowLayout.of(features / part, part, kernels);
    }

    /** Returns a layout with the same features in the same columns, and as few floats as they take from row to row. */
    RowLayout narrow(RowLayout layout) {
        RowLayout own = RowLayout.of(layout.heads(), layout.headDim(), kernels);
        return new RowLayout(layout.heads(), layout.headDim(), layout.paddedDim(), layout.width(), own.stride());
    }

    /** Makes a slot for scores that are kept whole. */
    Slot makeScores(Shape.Pairs pairs) {
        return makeScores("scores", pairs);
    }

    private Slot makeScores(String label, Shape.Pairs pairs) {
        RowLayout heads = RowLayout.dense(pairs.heads(), 1, 1);
        return keep(new Slot(all.size(), label, stream(pairs.queries()), stream(pairs.keys()), heads));
    }

    private Slot keep(Slot slot) {
        all.add(slot);
        return slot;
    }

    List<Slot> all() {
        return all;
    }

    /** Returns the layout in which rows of that shape stand. */
    RowLayout layout(Shape.Rows shape) {
        if (shape.split() == HeadSplit.RESHAPED && shape.heads() > 1) {
            // pieces of a row must be as far apart as the last piece of one row and the first of the next
            return RowLayout.dense(shape.heads(), shape.headDim(), wholePanels(shape.headDim()));
        }
        return RowLayout.of(shape.heads(), shape.headDim(), kernels);
    }

    /** Returns a layout in which each head is whole panels, so that it can be the result of a product of its own. */
    RowLayout panelHeads(Shape.Rows shape) {
        int padded = wholePanels(shape.headDim());
        RowLayout whole = RowLayout.of(shape.heads(), padded, kernels);
        return new RowLayout(shape.heads(), shape.headDim(), padded, whole.width(), whole.stride());
    }

    private int wholePanels(int features) {
        return Math.toIntExact(Block.roundUp(features, kernels.panel()));
    }

    /** Returns the layout of rows that are not split. */
    RowLayout plain(int features) {
        return RowLayout.of(1, features, kernels);
    }

    private static String label(Value value) {
        return switch (value.op()) {
            case Op.Given given -> given.name();
            case Op.Linear linear ->
                WEIGHT.matcher(linear.weight().constant().name()).replaceFirst("");
            default -> value.op().term();
        } + (value.op() instanceof Op.Given ? "" : value.toString());
    }
}
