package io.lanewise.bench;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.lanewise.Model;
import io.lanewise.ModelOptions;
import io.lanewise.layers.LayerKind;
import io.lanewise.layers.LayerKinds;
import io.lanewise.weights.Checkpoint;

/**
 * A kind of layer at some size, with made-up weights and batches. Immutable; the same seed makes the same numbers.
 *
 * @param kind the kind of layer
 * @param sizes how large it is
 */
public record SeededLayer(LayerKind kind, LayerSizes sizes) {

    /** Returns a layer of every kind. */
    public static List<SeededLayer> all(LayerSizes sizes) {
        return LayerKinds.attention().stream().map(kind -> new SeededLayer(kind, sizes)).toList();
    }

    /** Makes a model; the caller closes it. */
    public Model model(long seed) {
        return Model.of(checkpoint(seed), ModelOptions.defaults());
    }

    /** Makes the weights. */
    public Checkpoint checkpoint(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return isWholeModel() ? SeededHga.checkpoint(sizes, random) : SeededWeights.of(kind.name(), sizes, random);
    }

    private boolean isWholeModel() {
        return kind.name().equals(SeededHga.KIND);
    }

    /** Makes a batch of normally distributed values, zero where they are padding. */
    public PaddedBatch batch(int samples, RowLengths lengths, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] question = lengths.draw(samples, Math.max(1, sizes.question() * 2 / 5), sizes.question(), random);
        int[] video = lengths.draw(samples, Math.max(1, sizes.video() / 5), sizes.video(), random);
        if (isWholeModel()) {
            return SeededHga.batch(sizes, question, video, random);
        }
        return new PaddedBatch(inputs().stream()
                .map(name -> isQuestion(name)
                        ? input(name, sizes.question(), question, random)
                        : input(name, sizes.video(), video, random))
                .toList());
    }

    /**
     * Says whether a sample's answer depends on that sample alone. The published multi-head attention with masked keys takes
     * the masks of other samples, see {@code MaskOrder}.
     */
    public boolean samplesAreIndependent() {
        return !kind.name().equals("crossover-transformer");
    }

    /** Returns the inputs that a run brings: the required ones, and for soft-kNN a key besides. */
    private List<String> inputs() {
        return kind.name().equals("soft-knn")
                ? Stream.concat(kind.requiredInputs().stream(), Stream.of("key")).toList()
                : kind.requiredInputs();
    }

    /** Says whether an input is as long as a question; a query without a key attends to itself, as a video does. */
    private boolean isQuestion(String input) {
        return input.equals("question") || input.equals("query") && inputs().contains("key");
    }

    private PaddedInput input(String name, int rows, int[] lengths, RandomGenerator random) {
        int features = sizes.hidden();
        float[] values = new float[lengths.length * rows * features];
        for (int sample = 0; sample < lengths.length; sample++) {
            int start = sample * rows * features;
            for (int cell = start; cell < start + lengths[sample] * features; cell++) {
                values[cell] = (float) random.nextGaussian();
            }
        }
        boolean tellsPadding = !name.equals("value"); // a value's is its key's
        return new PaddedInput(name, rows, features, values, tellsPadding ? lengths : new int[0]);
    }
}
