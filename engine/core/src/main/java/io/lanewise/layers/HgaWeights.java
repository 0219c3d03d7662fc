package io.lanewise.layers;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The weights of published HGA checkpoints that a configuration may not need, by their names: whole families that no forward pass reads, and
 * parts that ablations leave out.
 */
final class HgaWeights {

    private static final String WEIGHT = "\\.weight(_raw)?";
    private static final String LAYER = "\\.encoder_layers\\.\\d{1,4}\\.";
    private static final String POSITIONS = "pos_embedding\\.position_encoding\\.weight";
    private static final String TWO_STREAMS = "linear_(question|video|v_question|v_video|";

    private static final List<Pattern> FAMILIES = List.of(
            "transformer_encoder\\.(embedding|upcompress_embedding|project_c3d|project_resnet_and_c3d)" + WEIGHT,
            "(transformer_encoder|crossover_transformer)\\.[qv]_" + POSITIONS,
            "crossover_transformer" + LAYER + "[qv]_(transformer\\.linear_(q|k|v|final)|feed_forward\\.w[12])" + WEIGHT,
            "[qv]_transformer" + LAYER + "(transformer\\.linear_(q|k|v|final)|feed_forward\\.w[12])" + WEIGHT,
            "[qv]_transformer\\." + POSITIONS,
            "([qv]_selfattn|single_attn_semantic|single_attn_visual)" + LAYER + "linear_(q|k|v|final)" + WEIGHT,
            "(video_)?co_?attn" + LAYER + TWO_STREAMS + "final_(qv|vq))" + WEIGHT,
            "co_concat_attn" + LAYER + TWO_STREAMS + "final_(qv|vq)(\\.[02])?)" + WEIGHT,
            "co_siamese_attn" + LAYER + TWO_STREAMS + "final(\\.[02])?)" + WEIGHT,
            "(global_|crossover_)?fusion\\.(linear[01]|linear_out|merge_linears[01]\\.\\d{1,4})\\.(weight|bias)",
            "fc_fusion\\.(weight|bias)",
            "(video_)?adj_learner\\.edge_layer_[12]\\.(weight|weight_[gv])",
            "(video_)?gcn\\.layers\\.\\d{1,4}\\.weight\\.weight",
            "(sentence|video)_encoder\\.compress_(output|hn_bi|hn_layers|hn_layers_bi)\\.weight",
            "gcn_atten_pool\\.[02]\\.(weight|bias)").stream().map(Pattern::compile).toList();

    private HgaWeights() {}

    /** Says whether a weight of that name may be there without being read. */
    static boolean mayBeUnused(String name) {
        return FAMILIES.stream().anyMatch(family -> family.matcher(name).matches());
    }
}
