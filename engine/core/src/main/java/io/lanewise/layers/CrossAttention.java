package io.lanewise.layers;

import io.lanewise.graph.Notation;
import io.lanewise.graph.Value;

/**
 * The core that all two-stream layers share: one score matrix {@code S}, softmaxed for the question over the video and,
 * transposed, for the video over the question; {@code context = A_qv (video·Uv)}, {@code A_vq (question·Uq)}.
 */
record CrossAttention(Streams context, Value questionToVideo, Value videoToQuestion) {

    static CrossAttention of(LayerScope layer, Streams x, Streams padding) {
        int hidden = x.question().rows().features();
        double scale = Notation.inverseRoot(hidden);
        Value q = layer.linear(x.question(), "linear_question", hidden);
        Value k = layer.linear(x.video(), "linear_video", hidden);
        Value questionValues = layer.linear(x.question(), "linear_v_question", hidden);
        Value videoValues = layer.linear(x.video(), "linear_v_video", hidden);
        Value toVideo = layer.attend(q, k, scale, padding.video(), padding.question());
        Value toQuestion = layer.attend(k, q, scale, padding.question(), padding.video());
        return new CrossAttention(
                new Streams(layer.context(toVideo, videoValues), layer.context(toQuestion, questionValues)),
                toVideo, toQuestion);
    }

    void nameAttention(LayerScope layer) {
        layer.attention("attention_q", questionToVideo);
        layer.attention("attention_v", videoToQuestion);
    }
}
