package io.lanewise.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Cell;

/** The kinds of layer that there are, by name. A new kind is a file and a line here. */
public final class LayerKinds {

    private static final SequencedMap<String, LayerKind> ATTENTION = byName(
            new PaddingMasks(),
            new SelfAttention(),
            new SingleAttention(),
            new CoAttention(),
            new CoConcatAttention(),
            new CoSiameseAttention(),
            new ScaledDotProductAttention(),
            new MaskedScaledDotProductAttention(),
            new MultiHeadAttention(),
            new MaskedMultiHeadAttention(),
            new SoftKnn(),
            new PositionWiseFeedForward(),
            new MaskedPositionWiseFeedForward(),
            new SelfTransformerLayer(),
            new SelfTransformer(),
            new SelfAttentionStack(),
            new SingleAttentionStack(),
            new CoAttentionStack("co-attention-stack", new CoAttention()),
            new CoAttentionStack("co-concat-attention-stack", new CoConcatAttention()),
            new CoAttentionStack("co-siamese-attention-stack", new CoSiameseAttention()),
            new CrossoverTransformer(),
            new MaskedCrossoverTransformer());

    private static final SequencedMap<String, LayerKind> MODEL = byName(
            new Recurrent("gru", Cell.GRU),
            new Recurrent("lstm", Cell.LSTM),
            new SentenceEncoder(),
            new VideoEncoder(),
            new AdjacencyLearner(),
            new GraphConvolution(),
            new AttentionPool(),
            new BlockFusion(),
            new Hga());

    private LayerKinds() {}

    /** Returns every kind: the attention modules, then what HGA is made of besides, and HGA. */
    public static List<LayerKind> all() {
        return Stream.concat(ATTENTION.values().stream(), MODEL.values().stream()).toList();
    }

    /** Returns the attention modules, all inputs of which are rows of one size; single-stream layers first. */
    public static List<LayerKind> attention() {
        return List.copyOf(ATTENTION.values());
    }

    /**
     * Returns the kind of that name.
     *
     * @throws LanewiseException if there is none
     */
    public static LayerKind of(String name) {
        LayerKind kind = ATTENTION.getOrDefault(name, MODEL.get(name));
        if (kind == null) {
            throw new LanewiseException("layer must be one of "
                    + all().stream().map(LayerKind::name).collect(Collectors.joining(", ")) + ": layer="
                    + LanewiseException.shorten(name, 80));
        }
        return kind;
    }

    private static SequencedMap<String, LayerKind> byName(LayerKind... kinds) {
        Map<String, LayerKind> byName = new LinkedHashMap<>();
        for (LayerKind kind : kinds) {
            byName.put(kind.name(), kind);
        }
        return (SequencedMap<String, LayerKind>) byName;
    }
}
