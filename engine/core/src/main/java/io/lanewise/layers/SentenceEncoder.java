package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.Length;
import io.lanewise.graph.Value;

/** HGA's encoder of questions: word embeddings, compressed, through a recurrent stack. */
final class SentenceEncoder implements LayerKind {

    @Override
    public String name() {
        return "sentence-encoder";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("question");
    }

    @Override
    public void describe(LayerScope layer) {
        RecurrentStack.Shape shape = EncodedStream.shape(layer);
        Recurrent.confirm(layer.config(), "", shape);
        EncodedStream.tolerateCompressions(layer);
        EncodedStream stream = apply(layer, shape, "question", Length.trimmed("question", 1), true, true);
        layer.output("encoded", stream.encoded());
        layer.output("last", stream.last());
    }

    /** Writes the encoder down from token ids on. */
    static EncodedStream apply(LayerScope encoder, RecurrentStack.Shape shape, String input, Length length,
            boolean needsEncoded, boolean needsLast) {
        LayerWeights weights = encoder.weights();
        int words = weights.size("embedding", 0);
        int features = LayerScope.allowed("embedding", weights.size("embedding", 1));
        encoder.config().confirm("vocab", words);
        encoder.config().confirm("embedding", features);
        Value tokens = encoder.tokens(input, length, words);
        Value embedded = encoder.gather(weights.matrix("embedding", words, features), tokens);
        int compressed = weights.size("upcompress_embedding", 0);
        Value x = encoder.relu(encoder.linear(embedded, "upcompress_embedding", compressed));
        return EncodedStream.of(encoder, shape, x, needsEncoded, needsLast);
    }
}
