package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.Length;
import io.lanewise.graph.Value;

/** HGA's encoder of frames: their features, projected, through a recurrent stack. */
final class VideoEncoder implements LayerKind {

    @Override
    public String name() {
        return "video-encoder";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("video");
    }

    @Override
    public void describe(LayerScope layer) {
        RecurrentStack.Shape shape = EncodedStream.shape(layer);
        Recurrent.confirm(layer.config(), "", shape);
        EncodedStream.tolerateCompressions(layer);
        Value video = layer.input("video", Length.trimmed("video", 1), layer.weights().size("project", 1));
        EncodedStream stream = apply(layer, shape, video, true, true);
        layer.output("encoded", stream.encoded());
        layer.output("last", stream.last());
    }

    /** Writes the encoder down from features of frames on. */
    static EncodedStream apply(LayerScope encoder, RecurrentStack.Shape shape, Value frames, boolean needsEncoded,
            boolean needsLast) {
        int projected = encoder.weights().size("project", 0);
        Value x = encoder.relu(encoder.linear(frames, "project", projected));
        return EncodedStream.of(encoder, shape, x, needsEncoded, needsLast);
    }
}
