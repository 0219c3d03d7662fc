package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.Value;

/**
 * The crossover transformer over the published multi-head attention: as the masked one, but queries are never padding and
 * positions are always added. Keys that are padding are left out unless {@code key_mask} says {@code none}.
 */
final class CrossoverTransformer implements LayerKind {

    @Override
    public String name() {
        return "crossover-transformer";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("question", "video");
    }

    @Override
    public void describe(LayerScope layer) {
        Streams x = Streams.inputs(layer, layer.hidden("encoder_layers.0.v_transformer.linear_q", 1));
        x = MaskedCrossoverTransformer.withPositions(layer, x);
        Value questionPadding = KeyMask.of(layer, x.question(), KeyMask.PADDING);
        Value videoPadding = KeyMask.of(layer, x.video(), KeyMask.PADDING);
        for (LayerScope encoder : layer.layers()) {
            x = new Streams(
                    attend(encoder, "q", x.question(), x.video(), videoPadding),
                    attend(encoder, "v", x.video(), x.question(), questionPadding));
        }
        layer.output("output_q", x.question());
        layer.output("output_v", x.video());
    }

    private static Value attend(LayerScope layer, String stream, Value x, Value other, Value otherPadding) {
        QueryKeyValue inputs = new QueryKeyValue(x, other, other);
        Attended attended = MultiHeadAttention.apply(layer.part(stream + "_transformer"), inputs, otherPadding);
        return PositionWiseFeedForward.apply(layer.part(stream + "_feed_forward"), attended.output());
    }
}
