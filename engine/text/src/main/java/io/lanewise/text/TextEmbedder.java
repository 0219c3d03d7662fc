package io.lanewise.text;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.lanewise.LanewiseException;
import io.lanewise.Outputs;
import io.lanewise.encoders.Encoder;
import io.lanewise.encoders.SentenceModule;
import io.lanewise.tokenizers.Encoding;
import io.lanewise.tokenizers.EncodingOptions;
import io.lanewise.tokenizers.Tokenizer;
import io.lanewise.tokenizers.Truncation;

/**
 * Turns texts into vectors whose nearness is the texts' own, by a sentence encoder as the Hugging Face hub has it.
 *
 * <pre>
 *   try (TextEmbedder embedder = TextEmbedder.load(Path.of("all-MiniLM-L6-v2"))) {
 *       float[] one = embedder.embed("How do I get my money back?");
 *       float[][] many = embedder.embed(List.of("Returns and refunds", "Opening hours"));
 *   }
 * </pre>
 *
 * <p>For any number of threads, virtual ones too: as many calls are computed at once as {@link TextOptions#sessions} says, the others
 * wait, and short ones are computed together. A text's vector has the same bits whatever is embedded beside it. After the first calls
 * nothing is allocated but ids and results, and on virtual threads, which make way for others that call, a few small objects a call.
 * Must be closed, which waits for calls in flight.
 */
public final class TextEmbedder extends TextService {

    static final String OUTPUT = "sentence_embedding";
    private static final double LEAST_LENGTH = 1e-12;

    private final int dimension;
    private final boolean normalizes;
    private final boolean poolsWithoutPrompt;

    private TextEmbedder(TextModel model) {
        super(model);
        this.normalizes = !model.encoder().folder().modules().isEmpty()
                && model.encoder().folder().modules().getLast() instanceof SentenceModule.Normalize;
        this.poolsWithoutPrompt = model.encoder().folder().modules().stream()
                .anyMatch(module -> module instanceof SentenceModule.Pool pool && !pool.withPrompt());
        this.dimension = model.dimension();
    }

    /**
     * Loads a model's folder: {@code config.json}, weights in safetensors, a tokenizer, and what sentence-transformers added. Without
     * {@code modules.json} rows are averaged, or the first is taken where the model's family has it so.
     *
     * @throws LanewiseException if something is missing, does not fit, or is not known
     */
    public static TextEmbedder load(Path folder) {
        return load(folder, TextOptions.defaults());
    }

    /** Loads a model's folder; otherwise as {@link #load(Path)}. */
    public static TextEmbedder load(Path folder, TextOptions options) {
        return new TextEmbedder(TextModel.load(folder, OUTPUT, false, options));
    }

    /**
     * Makes an embedder of an encoder and a tokenizer that are there already, however they were read. The encoder is closed with
     * it, and also if it is refused.
     *
     * @throws LanewiseException if they do not fit each other
     */
    public static TextEmbedder of(Encoder encoder, Tokenizer tokenizer, TextOptions options) {
        return new TextEmbedder(TextModel.of(encoder, tokenizer, OUTPUT, false, options));
    }

    /** Returns how many numbers a vector has. */
    public int dimension() {
        return dimension;
    }

    /**
     * Returns how many numbers a vector has that is asked for like this.
     *
     * @throws LanewiseException if the folder has no such prompt, or vectors have not so many numbers
     */
    public int dimension(EmbeddingOptions options) {
        prompt(options);
        if (options.dimensions() > dimension) {
            throw new LanewiseException(
                    "dimensions must be at most %d: dimensions=%d".formatted(dimension, options.dimensions()));
        }
        return options.dimensions() == 0 ? dimension : options.dimensions();
    }

    /** Returns the names of the prompts that the folder has. */
    public Set<String> prompts() {
        return Set.copyOf(model.settings().prompts().keySet());
    }

    /** Returns how many tokens a text has, special ones included, before it is cut. */
    public int tokens(String text) {
        return model.tokenizer().ids(model.plain("", text)).length;
    }

    /** Returns what is written before a text. */
    private String prompt(EmbeddingOptions options) {
        String prompt = model.settings().prompt(options.prompt());
        if (poolsWithoutPrompt && !prompt.isEmpty()) {
            throw new LanewiseException(
                    "a prompt must be pooled with its text, texts can be embedded without one: include_prompt=false, folder="
                            + model.encoder().folder().path());
        }
        return prompt;
    }

    // ---------------------------------------------------------------- embedding

    /**
     * Embeds a text.
     *
     * @return a new array
     * @throws LanewiseException if the text is too long and such texts are refused
     * @throws IllegalStateException if the embedder is closed
     */
    public float[] embed(String text) {
        return embed(text, EmbeddingOptions.defaults());
    }

    /** Embeds a text; otherwise as {@link #embed(String)}. */
    public float[] embed(String text, EmbeddingOptions options) {
        int dimensions = dimension(options);
        String plain = model.plain(prompt(options), text);
        float[] vector = model.options().longTexts() == LongTexts.AVERAGE
                ? averaged(List.of(windows(plain)))[0]
                : vector(model.ids(plain));
        return shortened(vector, dimensions);
    }

    /**
     * Embeds texts, in their order; otherwise as {@link #embed(String)}.
     *
     * @throws TextException for the first text that is at fault
     */
    public float[][] embed(List<String> texts) {
        return embed(texts, EmbeddingOptions.defaults());
    }

    /** Embeds texts, in their order; otherwise as {@link #embed(List)}. */
    public float[][] embed(List<String> texts, EmbeddingOptions options) {
        int dimensions = dimension(options);
        String prompt = prompt(options);
        return shortened(model.options().longTexts() == LongTexts.AVERAGE
                ? averaged(windows(prompt, texts))
                : vectors(model.ids(prompt, texts)), dimensions);
    }

    private float[][] vectors(int[][] ids) {
        float[][] vectors = new float[ids.length][dimension];
        model.run(ids, null, (floats, from, count) -> copy(floats, vectors, from, count));
        return vectors;
    }

    private float[][] shortened(float[][] vectors, int dimensions) {
        for (int v = 0; v < vectors.length; v++) {
            vectors[v] = shortened(vectors[v], dimensions);
        }
        return vectors;
    }

    private List<List<Encoding>> windows(String prompt, List<String> texts) {
        List<List<Encoding>> windows = new ArrayList<>();
        for (String text : texts) {
            TextModel.requireThere(text, "texts", windows.size());
            try {
                windows.add(windows(model.plain(prompt, text)));
            } catch (LanewiseException wrong) {
                throw TextException.of(wrong, "texts", windows.size());
            }
        }
        return windows;
    }

    private void copy(FloatBuffer floats, float[][] vectors, int from, int count) {
        for (int i = 0; i < count; i++) {
            floats.get(i * dimension, vectors[from + i]);
        }
    }

    private float[] vector(int[] ids) {
        float[] vector = new float[dimension];
        SessionPool.Seat seat = model.pool().takeIdle();
        if (seat == null) {
            model.run(new int[][]{ids}, null, (floats, from, count) -> floats.get(0, vector));
            return vector;
        }
        try {
            Outputs outputs = seat.run(ids, null);
            outputs.floats(OUTPUT).get(0, vector);
        } finally {
            model.pool().giveBack(seat);
        }
        return vector;
    }

    /** Returns a text's windows, or the text itself where it is short. */
    private List<Encoding> windows(String plain) {
        Encoding first = model.tokenizer().encode(plain, EncodingOptions.defaults()
                .specialTokensAsText(model.options().specialTokensAsText())
                .truncation(Truncation.windows(model.maxLength(), 0)));
        model.requireTokens(first.length());
        List<Encoding> windows = new ArrayList<>(List.of(first));
        windows.addAll(first.overflow());
        return windows;
    }

    /** Embeds the windows of all texts at once; a window counts as many times in its text's mean as it has tokens of the text. */
    private float[][] averaged(List<List<Encoding>> texts) {
        float[][] vectors = vectors(texts.stream().flatMap(List::stream).map(Encoding::ids).toArray(int[][]::new));
        float[][] means = new float[texts.size()][];
        int from = 0;
        for (int text = 0; text < means.length; text++) {
            List<Encoding> windows = texts.get(text);
            means[text] = windows.size() == 1 ? vectors[from] : mean(windows, vectors, from);
            from += windows.size();
        }
        return means;
    }

    private float[] mean(List<Encoding> windows, float[][] vectors, int from) {
        double[] sum = new double[dimension];
        double tokens = 0;
        for (int window = 0; window < windows.size(); window++) {
            int own = ownTokens(windows.get(window));
            tokens += own;
            for (int i = 0; i < sum.length; i++) {
                sum[i] += (double) own * vectors[from + window][i];
            }
        }
        return divided(sum, normalizes ? length(sum) : tokens);
    }

    private static int ownTokens(Encoding window) {
        int tokens = 0;
        for (int token = 0; token < window.length(); token++) {
            tokens += window.isSpecial(token) ? 0 : 1;
        }
        return tokens;
    }

    private float[] shortened(float[] vector, int dimensions) {
        if (dimensions == dimension) {
            return vector;
        }
        double[] kept = new double[dimensions];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = vector[i];
        }
        return divided(kept, normalizes ? length(kept) : 1);
    }

    private static double length(double[] numbers) {
        double squares = 0;
        for (double number : numbers) {
            squares += number * number;
        }
        return Math.max(Math.sqrt(squares), LEAST_LENGTH);
    }

    private static float[] divided(double[] numbers, double divisor) {
        float[] quotients = new float[numbers.length];
        for (int i = 0; i < quotients.length; i++) {
            quotients[i] = (float) (numbers[i] / divisor);
        }
        return quotients;
    }
}
