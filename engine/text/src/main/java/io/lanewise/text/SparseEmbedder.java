package io.lanewise.text;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.lanewise.LanewiseException;

/**
 * Turns texts into weights of words for a search engine's inverted index (SPLADE).
 *
 * <p>Threads, bits and closing as with {@link TextEmbedder}.
 */
public final class SparseEmbedder extends TextService {

    private static final String OUTPUT = "sparse_embedding";

    private final int vocabulary;

    private SparseEmbedder(TextModel model) {
        super(model);
        this.vocabulary = model.dimension();
    }

    /**
     * Loads a folder of a masked-language model with SPLADE's pooling.
     *
     * @throws LanewiseException if something is missing, does not fit, or is not known
     */
    public static SparseEmbedder load(Path folder) {
        return load(folder, TextOptions.defaults());
    }

    /** Loads a folder; otherwise as {@link #load(Path)}. */
    public static SparseEmbedder load(Path folder, TextOptions options) {
        return new SparseEmbedder(TextModel.load(folder, OUTPUT, false, options));
    }

    /**
     * Embeds a text.
     *
     * @throws LanewiseException if the text is too long and such texts are refused
     * @throws IllegalStateException if the embedder is closed
     */
    public SparseVector embed(String text) {
        return embed(new int[][]{model.ids(model.plain("", text))}).getFirst();
    }

    /**
     * Embeds texts, in their order.
     *
     * @throws TextException for the first text that is at fault
     */
    public List<SparseVector> embed(List<String> texts) {
        return embed(model.ids("", texts));
    }

    private List<SparseVector> embed(int[][] ids) {
        List<SparseVector> vectors = new ArrayList<>(Collections.nCopies(ids.length, null));
        model.run(ids, null, (floats, from, count) -> {
            for (int text = 0; text < count; text++) {
                vectors.set(from + text, vector(floats, text * vocabulary));
            }
        });
        return vectors;
    }

    private SparseVector vector(FloatBuffer floats, int first) {
        int count = 0;
        for (int id = 0; id < vocabulary; id++) {
            count += floats.get(first + id) > 0 ? 1 : 0;
        }
        int[] ids = new int[count];
        float[] weights = new float[count];
        for (int id = 0, i = 0; i < count; id++) {
            float weight = floats.get(first + id);
            if (weight > 0) {
                ids[i] = id;
                weights[i++] = weight;
            }
        }
        return new SparseVector(ids, weights);
    }

    /** Returns the word of an id, or null. */
    public String word(int id) {
        return model.tokenizer().piece(id);
    }
}
