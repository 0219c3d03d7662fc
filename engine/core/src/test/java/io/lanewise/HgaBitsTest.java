package io.lanewise;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The bits of a sample's answer depend on that sample and the model alone. */
class HgaBitsTest {

    private static final int BATCH = 7;
    private static final int WORDS = 6;
    private static final int FRAMES = 9;

    /** Samples of a batch, padded with rubbish. */
    private record Batch(int candidates, int words, int frames, int[] questionLengths, int[] videoLengths, int[] ids,
            float[] resnet, float[] c3d) {

        static Batch random(int candidates, int vocabulary, int resnet, int c3d, int extraRows) {
            Random random = new Random(5);
            int words = WORDS + extraRows;
            int frames = FRAMES + extraRows;
            Random rubbish = new Random(extraRows);
            int[] questions = IntStream.generate(() -> random.nextInt(1, WORDS + 1)).limit((long) BATCH * candidates)
                    .toArray();
            int[] videos = IntStream.generate(() -> random.nextInt(1, FRAMES + 1)).limit(BATCH).toArray();
            int[] ids = new int[questions.length * words];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = i % words < questions[i / words] ? random.nextInt(vocabulary) : rubbish.nextInt();
            }
            return new Batch(candidates, words, frames, questions, videos, ids,
                    rows(videos, frames, resnet, random, rubbish), rows(videos, frames, c3d, random, rubbish));
        }

        private static float[] rows(int[] lengths, int rows, int features, Random random, Random rubbish) {
            float[] cells = new float[lengths.length * rows * features];
            for (int i = 0; i < cells.length; i++) {
                int row = i / features % rows;
                boolean isValid = row < lengths[i / features / rows];
                cells[i] = isValid ? (float) random.nextGaussian() : rubbish.nextBoolean() ? Float.NaN : 1e30f;
            }
            return cells;
        }

        Inputs of(int... samples) {
            int features = resnet.length / (BATCH * frames);
            int moreFeatures = c3d.length / (BATCH * frames);
            Tensor tokens = Tensor.ids(pickInts(ids, candidates * words, samples), candidates == 1
                    ? new long[]{samples.length, words}
                    : new long[]{samples.length, candidates, words});
            return Inputs.none()
                    .and(candidates == 1 ? "question" : "candidates", tokens,
                            pickInts(questionLengths, candidates, samples))
                    .and("resnet",
                            Tensor.copyOf(pick(resnet, frames * features, samples), samples.length, frames, features))
                    .and("c3d",
                            Tensor.copyOf(pick(c3d, frames * moreFeatures, samples), samples.length, frames,
                                    moreFeatures))
                    .andLengths("video", pickInts(videoLengths, 1, samples));
        }

        private static int[] pickInts(int[] from, int each, int... samples) {
            return Arrays.stream(samples).flatMap(s -> Arrays.stream(from, s * each, (s + 1) * each)).toArray();
        }

        private static float[] pick(float[] from, int each, int... samples) {
            float[] to = new float[samples.length * each];
            for (int i = 0; i < samples.length; i++) {
                System.arraycopy(from, samples[i] * each, to, i * each, each);
            }
            return to;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"count-self-coattn2", "frameqa-gru-bi-coattn2", "trans-lstm-bi-self-coattn",
            "action-ablation-global-bi", "count-mixed-encoders", "count-ablation-local"})
    void shouldNotDependOnTheBatchThePaddingOrTheThreads(String name) {
        try (Model model = Model.load(HgaGolden.of(name).weights())) {
            SessionOptions options = SessionOptions.defaults().maxBatch(BATCH).maxLength(FRAMES + 3);
            Batch batch = batch(model, 0);
            Batch wider = batch(model, 3);
            List<List<Integer>> answers = new ArrayList<>();
            int[] all = IntStream.range(0, BATCH).toArray();
            try (Session session = model.newSession(options); Session two = model.newSession(options.threads(2))) {
                List<List<Integer>> together = bits(session.run(batch.of(all)));
                assertEquals(together, bits(two.run(batch.of(all))), "on two threads");
                assertEquals(together, bits(session.run(wider.of(all))), "in other padding");
                for (int sample : all) {
                    answers.addAll(bits(session.run(batch.of(sample))));
                }
                assertEquals(together, answers, "alone");
                assertEquals(List.of(together.get(4), together.get(1)), bits(session.run(wider.of(4, 1))), "in pairs");
            }
        }
    }

    private static Batch batch(Model model, int extraRows) {
        int candidates = model.requiredInputs().contains("candidates") ? 5 : 1;
        boolean odd = model.graph(Set.of()).inputs().get(1).rows().features() == 19;
        return Batch.random(candidates, odd ? 17 : 31, odd ? 19 : 40, odd ? 23 : 56, extraRows);
    }

    /** Returns by sample the bits of the answer, the output's and what is chosen by it. */
    private static List<List<Integer>> bits(Outputs outputs) {
        int samples = (int) outputs.shape("output")[0];
        int each = outputs.floats("output").remaining() / samples;
        List<List<Integer>> bits = new ArrayList<>();
        for (int sample = 0; sample < samples; sample++) {
            List<Integer> cells = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                cells.add(Float.floatToRawIntBits(outputs.floats("output").get(sample * each + i)));
            }
            cells.add((int) outputs.segment("prediction").getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED,
                    sample));
            bits.add(cells);
        }
        return bits;
    }
}
