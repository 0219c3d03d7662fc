package io.lanewise;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

import io.lanewise.weights.Checkpoint;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What of HGA is refused, at load or before any computing, and what is not. */
class HgaMistakesTest {

    private static final Path COUNT = HgaGolden.of("count-tiny-pth").weights();
    private static final Path ALL_NAMES = HgaGolden.of("frameqa-all-names").weights();

    private static void assertRefuses(String message, ModelOptions options) {
        assertEquals(message, Thrown.messageOf(() -> Model.load(COUNT, options)));
    }

    private static ModelOptions with(String name, String value) {
        return ModelOptions.defaults().setting(name, value);
    }

    // ---------------------------------------------------------------- settings

    @Test
    void shouldRefuseSettingsThatDoNotExist() {
        assertRefuses("task must be one of Count, FrameQA, Action, Trans: task=count", with("task", "count"));
        assertRefuses("ablation must be one of none, gcn, only_local, global, local: ablation=all",
                with("ablation", "all"));
        String rule = "fusion_type must be none, or hold coattn, such as coattn or self_coattn: fusion_type=";
        for (String type : new String[]{"self", "single_visual", "single_semantic", "coconcat", "cosiamese", "None",
                "none_"}) {
            assertRefuses(rule + type, with("fusion_type", type));
        }
    }

    @Test
    void shouldNotLookAtAFusionTypeByWhichNothingRuns() {
        Model.load(COUNT, with("fusion_type", "coconcat").setting("tf_layers", "0")).close();
        Model.load(HgaGolden.of("count-ablation-local").weights(), with("fusion_type", "anything")).close();
    }

    @Test
    void shouldRefuseSettingsThatTheWeightsContradict() {
        assertRefuses("hidden must match the weights: hidden=9, found=8", with("hidden", "9"));
        assertRefuses("gcn_layers must match the weights: gcn_layers=3, found=2", with("gcn_layers", "3"));
        assertRefuses("s_rnn_cell must match the weights: s_rnn_cell=lstm, found=gru", with("s_rnn_cell", "lstm"));
        assertRefuses("v_bidirectional must match the weights: v_bidirectional=true, found=false",
                with("v_bidirectional", "true"));
        assertRefuses("layers must match the weights encoder_layers.0 … encoder_layers.1: layers=2, found=1",
                with("tf_layers", "2"));
        assertRefuses("rank must match the weights: rank=9, found=2", with("rank", "9"));
    }

    // ---------------------------------------------------------------- weights

    private static void assertRefusesWeights(String message, UnaryOperator<String> names) {
        assertEquals(message, Thrown.messageOf(() -> Model.of(renamed(names), ModelOptions.defaults())));
    }

    /** Returns the checkpoint with other names; null leaves a weight out. */
    private static Checkpoint renamed(UnaryOperator<String> names) {
        try (Checkpoint file = Checkpoint.open(COUNT)) {
            Checkpoint.Builder builder = Checkpoint.builder();
            file.metadata().forEach(builder::metadata);
            for (String name : file.names()) {
                Checkpoint.Entry entry = file.find(name).orElseThrow();
                if (names.apply(name) != null) {
                    builder.weight(names.apply(name), entry.floats().get(),
                            entry.shape().stream().mapToLong(Long::longValue).toArray());
                }
            }
            return builder.build();
        }
    }

    @Test
    void shouldRefuseAWeightThatIsMissingOrUnknown() {
        assertRefusesWeights("weight must be there: missing fusion.linear_out.weight, expected a matrix, in memory",
                name -> name.equals("fusion.linear_out.weight") ? null : name);
        assertRefusesWeights("hga has no weight of this name: gcn.layers.x.weight.weight is F32 [10, 10], in memory",
                name -> name.equals("video_gcn.layers.0.weight.weight") ? "gcn.layers.x.weight.weight" : name);
    }

    /** Chunks of one size but for the last are what is published; others would be as large as the largest, in zeros. */
    @Test
    void shouldRefuseChunksThatAreMostlyZeros() {
        assertRefuses("chunks must be of about one size: rows of linear0=3999, chunks=1000, largest=3000",
                block(1, 3000, 1000));
        assertRefuses("rows must have at most 65536 features: merge_linears0 has 4294967296",
                block(65_536, 65_536, 2));
        assertRefuses("weight must be F32 (or F16, BF16) [49152, 16384]: merge_linears0.1.weight is F32 [1, 16384]",
                block(3, 16_384, 2));
    }

    /** Returns a Block whose first chunk has one feature in some ranks, and whose others have one, too, but for the last. */
    private static Checkpoint block(int rank, int largest, int count) {
        int features = largest + count - 1;
        Checkpoint.Builder block = Checkpoint.builder().metadata("layer", "block-fusion");
        for (int side = 0; side < 2; side++) {
            block.weight("linear" + side + ".weight", new float[features], features, 1)
                    .weight("linear" + side + ".bias", new float[features], features);
            for (int chunk = 0; chunk < count; chunk++) {
                int rows = chunk == count - 1 ? 1 : rank;
                int columns = chunk == count - 1 ? largest : 1;
                block.weight("merge_linears%d.%d.weight".formatted(side, chunk), new float[rows * columns], rows,
                        columns);
            }
        }
        return block.weight("linear_out.weight", new float[features], 1, features).build();
    }

    private static void assertRefuses(String message, Checkpoint checkpoint) {
        assertEquals(message, Thrown.messageOf(() -> Model.of(checkpoint, ModelOptions.defaults())));
    }

    @Test
    void shouldTakeAWrapperOffAllNames() {
        Model.of(renamed(name -> "module." + name), ModelOptions.defaults()).close();
    }

    @Test
    void shouldNameWeightsThatAConfigurationDoesNotNeed() {
        try (Model model = Model.load(ALL_NAMES); Model other = Model.load(ALL_NAMES, with("ablation", "local"))) {
            assertEquals(true, model.unusedWeights().contains("compress_c3d.weight"));
            assertEquals(true,
                    model.unusedWeights().contains("single_attn_visual.encoder_layers.1.linear_q.weight_raw"));
            assertEquals(false, model.unusedWeights().contains("compress_c3d.weight_raw"));
            assertEquals(false, model.unusedWeights().contains("gcn.layers.0.weight.weight"));
            assertEquals(true, other.unusedWeights().contains("gcn.layers.0.weight.weight"));
            assertEquals(false, other.unusedWeights().contains("fc_fusion.weight"));
        }
    }

    // ---------------------------------------------------------------- inputs

    private static Inputs inputs(int[] ids, int resnetFeatures, int frames, int[] questionLengths,
            int... videoLengths) {
        return Inputs.of("question", Tensor.ids(ids, 2, ids.length / 2), questionLengths)
                .and("resnet", Tensor.copyOf(new float[2 * 3 * resnetFeatures], 2, 3, resnetFeatures))
                .and("c3d", Tensor.copyOf(new float[2 * frames * 12], 2, frames, 12)).andLengths("video", videoLengths);
    }

    private static void assertRefusesInputs(String message, Inputs inputs) {
        try (Model model = Model.load(COUNT);
                Session session = model.newSession(SessionOptions.defaults().maxBatch(2).maxLength(5))) {
            assertEquals(message, Thrown.messageOf(() -> session.run(inputs)));
        }
    }

    @Test
    void shouldRefuseInputsThatDoNotFit() {
        int[] ids = {1, 2, 3, 4};
        int[] both = {2, 1};
        assertRefusesInputs("input must be [batch, length, 10]: resnet is [2, 3, 11]", inputs(ids, 11, 3, both, 3, 1));
        assertRefusesInputs("input must be as long as video: c3d is [2, 4, 12], length=3",
                inputs(ids, 10, 4, both, 3, 1));
        assertRefusesInputs("lengths must be at least 1: question_lengths[1]=0",
                inputs(ids, 10, 3, new int[]{2, 0}, 3, 1));
        assertRefusesInputs("lengths must be at least 1: video_lengths[0]=0", inputs(ids, 10, 3, both, 0, 1));
        assertRefusesInputs("lengths must not exceed the padded length: video lengths[1]=4, padded length=3",
                inputs(ids, 10, 3, both, 3, 4));
        assertRefusesInputs("lengths must be one a sample: video lengths=1, batch=2", inputs(ids, 10, 3, both, 3));
        assertRefusesInputs("an id must be from 0 to 10: question[0][1]=11",
                inputs(new int[]{1, 11, 3, 99}, 10, 3, both, 3, 1));
        assertRefusesInputs(
                "lengths must belong to an input, or to one of the lengths [question, video]: there is no 'frames'",
                inputs(ids, 10, 3, both, 3, 1).andLengths("frames", 1, 1));
    }

    @Test
    void shouldRefuseAnotherNumberOfCandidates() {
        try (Model model = Model.load(HgaGolden.of("action-ablation-global-bi").weights());
                Session session = model.newSession(SessionOptions.defaults().maxBatch(2).maxLength(9))) {
            Inputs four = Inputs.of("candidates", Tensor.ids(new int[4 * 3], 1, 4, 3), 1, 2, 3, 1)
                    .and("resnet", Tensor.copyOf(new float[3 * 19], 1, 3, 19))
                    .and("c3d", Tensor.copyOf(new float[3 * 23], 1, 3, 23));
            assertEquals("input must be ids [batch, 5, length]: candidates is [1, 4, 3]",
                    Thrown.messageOf(() -> session.run(four)));
        }
    }

    @Test
    void shouldRefuseAnotherNumberOfCandidatesLengths() {
        try (Model model = Model.load(HgaGolden.of("action-ablation-global-bi").weights());
                Session session = model.newSession(SessionOptions.defaults().maxBatch(2).maxLength(9))) {
            Inputs three = Inputs.of("candidates", Tensor.ids(new int[2 * 5 * 3], 2, 5, 3), 1, 2, 3)
                    .and("resnet", Tensor.copyOf(new float[2 * 3 * 19], 2, 3, 19))
                    .and("c3d", Tensor.copyOf(new float[2 * 3 * 23], 2, 3, 23));
            assertEquals("lengths must be 5 a sample: candidates lengths=3, batch=2",
                    Thrown.messageOf(() -> session.run(three)));
        }
    }

    @Test
    void shouldHaveNoPredictionForNotANumber() {
        try (Model model = Model.load(COUNT);
                Session session = model.newSession(SessionOptions.defaults().maxBatch(2).maxLength(5))) {
            float[] resnet = new float[2 * 3 * 10];
            resnet[4] = Float.NaN;
            Inputs inputs = Inputs.of("question", Tensor.ids(new int[]{1, 2, 3, 4}, 2, 2))
                    .and("resnet", Tensor.copyOf(resnet, 2, 3, 10))
                    .and("c3d", Tensor.copyOf(new float[2 * 3 * 12], 2, 3, 12));
            Outputs outputs = session.run(inputs);
            assertEquals(true, Float.isNaN(outputs.floats("output").get(0)));
            assertEquals(-1, outputs.segment("prediction").getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, 0));
            assertEquals(true, Float.isFinite(outputs.floats("output").get(1)));
        }
    }
}
