package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.Value;

/**
 * The masked crossover transformer: in each layer {@code video' = FFN(MHA(video, question))} and
 * {@code question' = FFN(MHA(question, video))}, both from the layer's inputs; paddings are taken once, after the positions.
 */
final class MaskedCrossoverTransformer implements LayerKind {

    @Override
    public String name() {
        return "masked-crossover-transformer";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("question", "video");
    }

    @Override
    public void describe(LayerScope layer) {
        Streams x = Streams.inputs(layer, layer.hidden("encoder_layers.0.v_transformer.linear_q", 1));
        if (PositionTable.isWanted(layer)) {
            x = withPositions(layer, x);
        }
        Streams padding = x.padding(layer);
        for (LayerScope encoder : layer.layers()) {
            x = new Streams(
                    attend(encoder, "q", x.question(), x.video(), padding.question(), padding.video()),
                    attend(encoder, "v", x.video(), x.question(), padding.video(), padding.question()));
        }
        layer.output("output_q", x.question());
        layer.output("output_v", x.video());
    }

    static Streams withPositions(LayerScope layer, Streams x) {
        return new Streams(
                PositionTable.add(layer, x.question(), "q_pos_embedding", "q_max_len"),
                PositionTable.add(layer, x.video(), "v_pos_embedding", "v_max_len"));
    }

    private static Value attend(LayerScope layer, String stream, Value x, Value other, Value padding,
            Value otherPadding) {
        QueryKeyValue inputs = new QueryKeyValue(x, other, other);
        Attended attended = MaskedMultiHeadAttention.apply(layer.part(stream + "_transformer"), inputs, padding,
                otherPadding);
        return MaskedPositionWiseFeedForward.apply(layer.part(stream + "_feed_forward"), attended.output());
    }
}
