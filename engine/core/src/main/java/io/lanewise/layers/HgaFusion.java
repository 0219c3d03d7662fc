package io.lanewise.layers;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Op;
import io.lanewise.graph.Value;

/**
 * How question and video meet, by the setting {@code fusion_type}: each stream attends to itself if it says {@code self}, both to each
 * other if it says {@code coattn}; neither for {@code none}. Without layers nothing happens, whatever it says, not even the norm.
 *
 * @param layers of each stack
 */
record HgaFusion(int layers, boolean toThemselves, boolean toEachOther) {

    private static final String SETTING = "fusion_type";

    /** Reads the settings, of which {@code fusion_type} is only looked at where something runs by it. */
    static HgaFusion of(LayerScope model) {
        int layers = model.config().countFromZero("tf_layers")
                .orElseGet(() -> model.part("co_attn").weights().layers());
        if (layers == 0) {
            return new HgaFusion(0, false, false);
        }
        String type = model.config().text(SETTING, "coattn");
        boolean toEachOther = type.contains("coattn");
        if (!toEachOther && !type.equals("none")) {
            throw new LanewiseException("%s must be none, or hold coattn, such as coattn or self_coattn: %s=%s"
                    .formatted(SETTING, SETTING, LanewiseException.shorten(type, 80)));
        }
        return new HgaFusion(layers, type.contains("self"), toEachOther);
    }

    /** Writes it down; a video that all of a sample's questions share is normed, and attends to itself, once. */
    Streams apply(LayerScope model, Streams encoded, int candidates) {
        if (layers == 0) {
            return new Streams(encoded.question(), each(model, encoded.video(), candidates));
        }
        Value question = model.norm(encoded.question());
        Value video = model.norm(encoded.video());
        if (toThemselves) {
            question = attendToItself(model.part("q_selfattn"), question, "self_attention_q");
            video = attendToItself(model.part("v_selfattn"), video, "self_attention_v");
        }
        Streams x = new Streams(question, each(model, video, candidates));
        return toEachOther ? attendToEachOther(model.part("co_attn"), x) : x;
    }

    /** Returns a sample's video once for each of its questions. */
    static Value each(LayerScope model, Value video, int candidates) {
        return candidates == 1 ? video : model.add(new Op.Repeat(video, candidates));
    }

    private Value attendToItself(LayerScope stack, Value stream, String map) {
        Value x = stream;
        Value padding = stack.padding(stream);
        List<LayerScope> encoders = stack.layers(layers);
        for (int i = 0; i < encoders.size(); i++) {
            Attended attended = SelfAttention.apply(encoders.get(i), x, padding);
            stack.attention(map + "." + i, attended.attention());
            x = attended.output();
        }
        return x;
    }

    private Streams attendToEachOther(LayerScope stack, Streams streams) {
        CoAttention kind = new CoAttention();
        Streams x = streams;
        Streams padding = streams.padding(stack);
        List<LayerScope> encoders = stack.layers(layers);
        for (int i = 0; i < encoders.size(); i++) {
            CrossAttention attention = CrossAttention.of(encoders.get(i), x, padding);
            stack.attention("attention_q." + i, attention.questionToVideo());
            stack.attention("attention_v." + i, attention.videoToQuestion());
            x = kind.conclude(encoders.get(i), x, attention.context());
        }
        return x;
    }
}
