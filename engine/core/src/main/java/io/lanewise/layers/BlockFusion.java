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

    /**
     * What it makes.
     *
     * @param fused the chunks, end to end, {@code [B, M]}
     * @param output what they are projected to
     */
    record Fused(Value fused, Value output) {}

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
        Fused fused = apply(layer, a, b, out);
        layer.stage("fused", fused.fused());
        layer.output("output", fused.output());
    }

    static Fused apply(LayerScope layer, Value a, Value b, int out) {
        Chunks chunks = Chunks.of(layer);
        Value pooled = layer
                .add(new Op.RankPool(ranks(layer, chunks, a, 0), ranks(layer, chunks, b, 1), chunks.rank()));
        Value merged = layer.merge(pooled);
        Value output = layer.linear(merged, chunks.last(out), layer.weights().vector("linear_out.bias", out));
        return new Fused(chunks.endToEnd(layer, merged), output);
    }

    /** Returns one side's chunks as heads, each in all its ranks. */
    private static Value ranks(LayerScope layer, Chunks chunks, Value x, int side) {
        Value projected = layer.linear(x, chunks.first(side, x.rows().features()), chunks.firstBias(side));
        Value heads = layer.split(projected, chunks.count(), HeadSplit.COLUMNS);
        return layer.add(new Op.HeadLinear(heads, chunks.merges(side), chunks.mergeBiases(side)));
    }
}
