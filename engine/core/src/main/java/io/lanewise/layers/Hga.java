package io.lanewise.layers;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Length;
import io.lanewise.graph.Value;

/**
 * All of HGA, Heterogeneous Graph Alignment for video question answering (Jiang and Han, AAAI 2020), as its published code runs it: both
 * streams encoded, fused by attention, joined to one graph of words and frames, and the answer made of the last states and of the
 * graph's nodes.
 *
 * <p>Inputs: {@code question} (or {@code candidates}, five a sample), ids of words; {@code resnet} and {@code c3d}, features of the same
 * frames, whose lengths are called {@code video}. All that lies between is a stage.
 */
final class Hga implements LayerKind {

    private static final List<String> ABLATIONS = List.of("none", "gcn", "only_local", "global", "local");

    /** Which of the two vectors the answer is made of. */
    private record Parts(boolean global, boolean local) {

        static Parts of(LayerConfig config) {
            return switch (config.choice("ablation", "none", ABLATIONS)) {
                case "global" -> new Parts(false, true); // without it
                case "local" -> new Parts(true, false);
                default -> new Parts(true, true);
            };
        }
    }

    @Override
    public String name() {
        return "hga";
    }

    @Override
    public List<String> requiredInputs() {
        return HgaTask.COUNT.inputs();
    }

    @Override
    public List<String> requiredInputs(LayerConfig config) {
        return HgaTask.of(config).inputs();
    }

    @Override
    public void describe(LayerScope model) {
        model.weights().tolerate(HgaWeights::mayBeUnused);
        HgaTask task = HgaTask.of(model.config());
        Parts parts = Parts.of(model.config());
        EncodedStream question = question(model.part("sentence_encoder"), task, parts);
        EncodedStream video = video(model, parts);
        requireOneSize(question, video);
        stage(model, "q_encoded", question.encoded());
        stage(model, "v_encoded", video.encoded());
        stage(model, "s_last_hidden", question.last());
        stage(model, "v_last_hidden", video.last());
        Value local = parts.local()
                ? local(model, new Streams(question.encoded(), video.encoded()), task.candidates())
                : null;
        Value global = parts.global() ? global(model, question.last(), video.last(), task.candidates()) : null;
        task.conclude(model, head(model, task, global, local));
    }

    private static void stage(LayerScope model, String name, Value value) {
        if (value != null) {
            model.stage(name, value);
        }
    }

    // ---------------------------------------------------------------- streams

    private static EncodedStream question(LayerScope encoder, HgaTask task, Parts parts) {
        RecurrentStack.Shape shape = EncodedStream.shape(encoder);
        confirm(encoder.config(), "s_", shape);
        return SentenceEncoder.apply(encoder, shape, task.question(), task.length(), parts.local(), parts.global());
    }

    private static EncodedStream video(LayerScope model, Parts parts) {
        int resnetFeatures = model.weights().size("compress_c3d", 0);
        int c3dFeatures = model.weights().size("compress_c3d", 1);
        model.config().confirm("resnet", resnetFeatures);
        model.config().confirm("c3d", c3dFeatures);
        Length frames = Length.trimmed("video", 1);
        Value resnet = model.input("resnet", frames, resnetFeatures);
        Value c3d = model.input("c3d", frames, c3dFeatures);
        Value compressed = model.relu(model.linear(c3d, "compress_c3d", resnetFeatures));
        Value fused = model.relu(model.linear(model.concat(resnet, compressed), "video_fusion", resnetFeatures));
        LayerScope encoder = model.part("video_encoder");
        RecurrentStack.Shape shape = EncodedStream.shape(encoder);
        confirm(encoder.config(), "v_", shape);
        return VideoEncoder.apply(encoder, shape, fused, parts.local(), parts.global());
    }

    private static void confirm(LayerConfig config, String prefix, RecurrentStack.Shape shape) {
        Recurrent.confirm(config, prefix, shape);
        Recurrent.confirm(config, "", shape); // said of both, where they are alike
    }

    private static void requireOneSize(EncodedStream question, EncodedStream video) {
        int ofQuestion = features(question);
        int ofVideo = features(video);
        if (ofQuestion != ofVideo) {
            throw new LanewiseException("both encoders must have as many hidden features: sentence_encoder has %d, "
                    .formatted(ofQuestion) + "video_encoder has " + ofVideo);
        }
    }

    private static int features(EncodedStream stream) {
        return (stream.encoded() == null ? stream.last() : stream.encoded()).rows().features();
    }

    // ---------------------------------------------------------------- graph

    private static Value local(LayerScope model, Streams encoded, int candidates) {
        Streams fused = HgaFusion.of(model).apply(model, encoded, candidates);
        model.stage("q_fused", fused.question());
        model.stage("v_fused", fused.video());
        Value nodes = model.join(fused.question(), fused.video());
        Value adjacency = AdjacencyLearner.apply(model.part("adj_learner"), nodes);
        model.stage("adjacency", adjacency);
        Value gcn = GraphConvolution.apply(model.part("gcn"), nodes, adjacency);
        model.stage("gcn", gcn);
        Value local = AttentionPool.apply(model, gcn);
        model.stage("local", local);
        return local;
    }

    // ---------------------------------------------------------------- head

    private static Value global(LayerScope model, Value question, Value video, int candidates) {
        int hidden = question.rows().features();
        Value global = BlockFusion.apply(model.part("global_fusion"), question,
                HgaFusion.each(model, video, candidates), hidden);
        model.stage("global", global);
        return global;
    }

    private static Value head(LayerScope model, HgaTask task, Value global, Value local) {
        boolean isFused = global != null && local != null;
        String weight = isFused ? "fusion.linear_out" : "fc_fusion";
        int answers = model.weights().size(weight, 0);
        if (answers != 1 && !task.hasAnswers()) {
            throw new LanewiseException(
                    "%s.weight must have one row, but for FrameQA: rows=%d, task=%s".formatted(weight,
                            answers, model.config().text("task")));
        }
        if (task.hasAnswers()) {
            model.config().confirm("answers", answers);
        }
        return isFused
                ? BlockFusion.apply(model.part("fusion"), global, local, answers)
                : model.affine(global == null ? local : global, "fc_fusion", answers);
    }
}
