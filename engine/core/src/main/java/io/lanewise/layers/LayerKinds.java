package io.lanewise.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

import io.lanewise.LanewiseException;

/** The kinds of layer that there are, by name. A new kind is a file and a line here. */
public final class LayerKinds {

    private static final SequencedMap<String, LayerKind> BY_NAME = byName(
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

    private LayerKinds() {}

    /** Returns every kind, single-stream layers first. */
    public static List<LayerKind> all() {
        return List.copyOf(BY_NAME.values());
    }

    /**
     * Returns the kind of that name.
     *
     * @throws LanewiseException if there is none
     */
    public static LayerKind of(String name) {
        LayerKind kind = BY_NAME.get(name);
        if (kind == null) {
            throw new LanewiseException(
                    "layer must be one of " + String.join(", ", BY_NAME.sequencedKeySet()) + ": layer="
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
