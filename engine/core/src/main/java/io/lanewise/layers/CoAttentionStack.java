package io.lanewise.layers;

import java.util.List;

/** A two-stream layer after another: both streams are replaced; paddings are taken once, from the stack's inputs. */
final class CoAttentionStack implements LayerKind {

    private final String name;
    private final TwoStreamLayer kind;

    CoAttentionStack(String name, TwoStreamLayer kind) {
        this.name = name;
        this.kind = kind;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> requiredInputs() {
        return kind.requiredInputs();
    }

    @Override
    public void describe(LayerScope layer) {
        Streams x = Streams.inputs(layer, layer.hidden("encoder_layers.0.linear_question", 1));
        Streams padding = x.padding(layer);
        for (LayerScope encoder : layer.layers()) {
            x = kind.apply(encoder, x, padding);
        }
        layer.output("output_q", x.question());
        layer.output("output_v", x.video());
    }
}
