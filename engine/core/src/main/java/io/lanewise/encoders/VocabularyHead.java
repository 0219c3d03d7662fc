package io.lanewise.encoders;

import java.util.List;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;

/**
 * A masked-language head: a linear layer, an activation, a layer norm, and the decoder, which is the table of ids itself where the
 * file has no other.
 *
 * @param features of a row of the table: narrower than a hidden one in some families
 * @param biases the names that the decoder's bias may have, the likeliest first; none for a decoder without
 */
record VocabularyHead(String dense, int features, Activation activation, String norm, double epsilon, String decoder,
        List<String> biases, String wordTable) {

    static Value apply(EncoderScope encoder, Value hidden, VocabularyHead head) {
        Value x = encoder.activated(hidden, head.dense(), head.features(), head.activation());
        return decoded(encoder, encoder.layerNorm(x, head.norm(), head.epsilon()), head.decoder(), head.biases(),
                head.wordTable());
    }

    /** Decodes rows that are ready for it. */
    static Value decoded(EncoderScope encoder, Value x, String decoder, List<String> biases, String wordTable) {
        EncoderWeights weights = encoder.weights();
        String weight = weights.has(decoder + ".weight") ? decoder + ".weight" : wordTable + ".weight";
        int vocabulary = weights.size(weight, 0);
        Constant table = weights.matrix(weight, vocabulary, x.rows().features());
        return encoder.linear(x, encoder.constant(table),
                biases.isEmpty() ? null : encoder.constant(bias(weights, biases, vocabulary)));
    }

    private static Constant bias(EncoderWeights weights, List<String> names, int vocabulary) {
        return weights.vector(names.stream().filter(weights::has).findFirst().orElse(names.getFirst()), vocabulary);
    }
}
