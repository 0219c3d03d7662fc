package io.lanewise.cli;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

import io.lanewise.Inputs;
import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.Outputs;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.Tensor;
import io.lanewise.graph.Value;
import io.lanewise.tokenizers.Encoding;
import io.lanewise.tokenizers.Tokenizer;

/** What the pieces of a text attend to in one head of one layer of an encoder. */
final class TextAttention {

    private static final int PIECE_CHARACTERS = 20;

    private final Model model;
    private final SequencedMap<String, Value> attentions;
    private final Encoding text;

    /**
     * Takes a text.
     *
     * @throws LanewiseException if it is too long for the model or a picture
     */
    TextAttention(Model model, Tokenizer tokenizer, String text) {
        this.model = model;
        this.attentions = model.graph(Set.of()).attentions();
        this.text = tokenizer.encode(text);
        int most = Math.min(model.longest(), AttentionMaps.MOST_ROWS);
        if (this.text.length() < 1 || this.text.length() > most) {
            throw new LanewiseException(
                    "a text must have from 1 to %d tokens to be drawn: tokens=%d".formatted(most, this.text.length()));
        }
    }

    /**
     * Computes a map.
     *
     * @throws LanewiseException if there is no such layer or head
     */
    AttentionMap map(int layer, int head, SessionOptions options) {
        AttentionMaps.requireBelow("layer", layer, attentions.size());
        String name = "attention." + layer;
        AttentionMaps.requireBelow("head", head, attentions.get(name).pairs().heads());
        int tokens = text.length();
        Inputs inputs = Inputs.of("input_ids", Tensor.ids(text.ids(), 1, tokens));
        try (Session session = model.newSession(
                FittingLimits.of(inputs, options.outputs(name)))) {
            return new AttentionMap(name, axis("query"), axis("key"),
                    weights(session.run(inputs), name, head, tokens));
        }
    }

    private static float[][] weights(Outputs outputs, String name, int head, int tokens) {
        float[][] weights = new float[tokens][tokens];
        FloatBuffer floats = outputs.floats(name).position(head * tokens * tokens);
        for (float[] row : weights) {
            floats.get(row);
        }
        return weights;
    }

    private AttentionMap.Axis axis(String role) {
        List<String> pieces = new ArrayList<>();
        for (String piece : text.pieces()) {
            pieces.add(piece == null ? "" : LanewiseException.shorten(piece, PIECE_CHARACTERS));
        }
        return new AttentionMap.Axis(role, new boolean[pieces.size()], pieces);
    }
}
