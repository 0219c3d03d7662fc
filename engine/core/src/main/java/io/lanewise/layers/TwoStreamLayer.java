package io.lanewise.layers;

import java.util.List;

/** A layer over question and video: what the cross-attention's contexts become is the kind's own. */
abstract class TwoStreamLayer implements LayerKind {

    @Override
    public final List<String> requiredInputs() {
        return List.of("question", "video");
    }

    @Override
    public final void describe(LayerScope layer) {
        Streams x = Streams.inputs(layer, layer.hidden("linear_question", 1));
        CrossAttention attention = CrossAttention.of(layer, x, x.padding(layer));
        Streams output = conclude(layer, x, attention.context());
        layer.output("output_q", output.question());
        layer.output("output_v", output.video());
        attention.nameAttention(layer);
    }

    /** Makes the outputs of the streams {@code x} and their contexts. */
    abstract Streams conclude(LayerScope layer, Streams x, Streams context);

    /** Applies the layer within a stack, whose paddings are taken once. */
    final Streams apply(LayerScope layer, Streams x, Streams padding) {
        return conclude(layer, x, CrossAttention.of(layer, x, padding).context());
    }
}
