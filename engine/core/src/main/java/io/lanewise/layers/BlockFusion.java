package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Op;
import io.lanewise.graph.Value;

/**
 * Block, a bilinear fusion of two vectors (Ben-younes et al., AAAI 2019), as block.bootstrap.pytorch has it: both projected and cut into
 * chunks, chunks multiplied in so many ranks, summed over these, rooted and made of length 1, and projected together.
 */
final class BlockFusion implements LayerKind {

    /** What lies on the way: the chunks of equal size, {@code [B, chunks · size]}. */
    private record Merged(Chunks chunks, Value rows) {

        static Merged of(LayerScope layer, Value a, Value b) {
            Chunks chunks = Chunks.of(layer);
            Value pooled = layer
                    .add(new Op.RankPool(ranks(layer, chunks, a, 0), ranks(layer, chunks, b, 1), chunks.rank()));
            return new Merged(chunks, layer.merge(pooled));
        }

        /** Returns the chunks of their own sizes, end to end, {@code [B, M]}. */
        Value fused(LayerScope layer) {
            return chunks.endToEnd(layer, rows);
        }

        Value output(LayerScope layer, int out) {
            return layer.linear(rows, chunks.last(out), layer.weights().vector("linear_out.bias", out));
        }
    }

    @Override
    public String name() {
        return "block-fusion";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("input0", "input1");
    }

    @Override
    public void describe(LayerScope layer) {
        Value a = layer.row("input0", layer.weights().size("linear0", 1));
        Value b = layer.row("input1", layer.weights().size("linear1", 1));
        layer.config().confirm("input0", a.rows().features());
        layer.config().confirm("input1", b.rows().features());
        int out = layer.weights().size("linear_out", 0);
        layer.config().confirm("output", out);
        Merged merged = Merged.of(layer, a, b);
        layer.output("output", merged.output(layer, out));
        layer.stage("fused", merged.fused(layer));
    }

    static Value apply(LayerScope layer, Value a, Value b, int out) {
        return Merged.of(layer, a, b).output(layer, out);
    }

    /** Returns one side's chunks as heads, each in all its ranks. */
    private static Value ranks(LayerScope layer, Chunks chunks, Value x, int side) {
        Value projected = layer.linear(x, chunks.first(side, x.rows().features()), chunks.firstBias(side));
        Value heads = layer.split(projected, chunks.count(), HeadSplit.COLUMNS);
        return layer.add(new Op.HeadLinear(heads, chunks.merges(side), chunks.mergeBiases(side)));
    }
}
