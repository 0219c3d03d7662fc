package io.lanewise.bench.encoders;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.lanewise.tokenizers.Tokenizer;

/**
 * What a program does that embeds texts with an engine that takes batches alone: tokens, batches, vectors. Tokens are made by
 * Lanewise's tokenizer, the fastest that there is for Java, so that engines are compared and not tokenizers.
 */
final class PaddedTexts implements AutoCloseable {

    private final OpenPadding engine;
    private final Tokenizer tokenizer;

    PaddedTexts(OpenPadding engine, Tokenizer tokenizer) {
        this.engine = engine;
        this.tokenizer = tokenizer;
    }

    /**
     * Embeds texts, so many at a time.
     *
     * @param byLength whether texts of like length are taken together
     * @return vectors in the order of the texts
     */
    List<float[]> embed(List<String> texts, int batch, boolean byLength) {
        List<int[]> ids = texts.stream().map(tokenizer::ids).toList();
        List<Integer> order = IntStream.range(0, ids.size()).boxed().toList();
        if (byLength) {
            order = order.stream().sorted(Comparator.comparing(text -> ids.get(text).length)).toList();
        }
        float[][] vectors = new float[ids.size()][];
        for (int from = 0; from < vectors.length; from += batch) {
            List<Integer> some = order.subList(from, Math.min(vectors.length, from + batch));
            List<float[]> made = engine.vectors(some.stream().map(ids::get).toList());
            for (int i = 0; i < made.size(); i++) {
                vectors[some.get(i)] = made.get(i);
            }
        }
        return new ArrayList<>(List.of(vectors));
    }

    @Override
    public void close() {
        engine.close();
    }
}
