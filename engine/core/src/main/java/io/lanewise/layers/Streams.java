package io.lanewise.layers;

import io.lanewise.graph.Value;

/** The two streams of a question-answering layer: rows, or the padding of rows. */
record Streams(Value question, Value video) {

    static Streams inputs(LayerScope layer, int features) {
        return new Streams(layer.input("question", features), layer.input("video", features));
    }

    Streams padding(LayerScope layer) {
        return new Streams(layer.padding(question), layer.padding(video));
    }
}
