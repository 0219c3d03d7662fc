package io.lanewise.cli;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

import io.lanewise.Inputs;
import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.Outputs;
import io.lanewise.SessionOptions;
import io.lanewise.graph.Graph;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Length;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;

/** Takes the attention maps of one head of one sample out of a layer's outputs. */
final class AttentionMaps {

    /** As many as still are a pixel each in a picture that programs open. */
    static final int MOST_ROWS = 1000;

    private final String layer;
    private final SequencedMap<String, Value> attentions;
    private final Inputs inputs;
    private final SequencePadding sequences;
    private final int sample;
    private final int head;

    private AttentionMaps(Model model, SequencedMap<String, Value> attentions, Inputs inputs, int sample, int head) {
        this.layer = model.layer();
        this.sequences = new SequencePadding(model.graph(Set.copyOf(inputs.names())), inputs);
        this.attentions = attentions;
        this.inputs = inputs;
        this.sample = sample;
        this.head = head;
    }

    /**
     * Chooses the maps.
     *
     * @param names of maps, or of stages that are maps; none for all attention maps, or where there is none, all such stages
     * @throws LanewiseException if the layer has none, there is no such sample or head, or they are too large to be drawn
     */
    static AttentionMaps of(Model model, Inputs inputs, List<String> names, int sample, int head) {
        AttentionMaps maps = new AttentionMaps(model,
                chosen(model.graph(Set.copyOf(inputs.names())), names, model.layer()), inputs, sample, head);
        maps.require();
        return maps;
    }

    private static SequencedMap<String, Value> chosen(Graph graph, List<String> names, String layer) {
        SequencedMap<String, Value> known = new LinkedHashMap<>(graph.attentions());
        Stream.of(graph.outputs(), graph.stages()).flatMap(named -> named.entrySet().stream())
                .filter(named -> named.getValue().shape() instanceof Shape.Pairs)
                .forEach(named -> known.put(named.getKey(), named.getValue()));
        if (names.isEmpty()) {
            return graph.attentions().isEmpty() ? known : graph.attentions();
        }
        SequencedMap<String, Value> chosen = new LinkedHashMap<>();
        for (String name : names) {
            if (!known.containsKey(name)) {
                throw new LanewiseException("map must be one of %s: layer=%s, map=%s".formatted(known.sequencedKeySet(),
                        layer, LanewiseException.quote(name)));
            }
            chosen.put(name, known.get(name));
        }
        return chosen;
    }

    /** Returns the session's options that have the maps among the outputs, and nothing else that is not needed. */
    SessionOptions options(SessionOptions options, Model model) {
        Graph graph = model.graph(Set.copyOf(inputs.names()));
        String[] stages = attentions.keySet().stream().filter(name -> !graph.attentions().containsKey(name))
                .toArray(String[]::new);
        SessionOptions maps = options.attention(stages.length < attentions.size());
        return stages.length == 0 ? maps : maps.outputs(stages);
    }

    private void require() {
        if (attentions.isEmpty()) {
            throw new LanewiseException("layer must have an attention map to be drawn: layer=" + layer);
        }
        requireBelow("sample", sample, inputs.shape(inputs.names().getFirst())[0] * most());
        for (Value attention : attentions.values()) {
            Shape.Pairs pairs = attention.pairs();
            requireBelow("head", head, pairs.heads());
            requireDrawable(pairs.queries(), sequence(pairs));
            requireDrawable(pairs.keys(), sequence(pairs));
        }
    }

    /** Returns how many sequences a sample has in the map that has most: one, or one for each of its candidates. */
    private int most() {
        return attentions.values().stream().mapToInt(attention -> attention.pairs().queries().sequences()).max()
                .orElseThrow();
    }

    /** Returns the sequence that is asked for in one of the maps; a sample's candidates share what has one sequence. */
    private int sequence(Shape.Pairs pairs) {
        return sample / (most() / pairs.queries().sequences());
    }

    /** Refuses a number that is not one of so many, counted from 0. */
    static void requireBelow(String what, int chosen, long count) {
        if (chosen < 0 || chosen >= count) {
            throw new LanewiseException("%s must be from 0 to %d: %s=%d".formatted(what, count - 1, what, chosen));
        }
    }

    private void requireDrawable(Length length, int sequence) {
        long rows = length.isRagged() ? sequences.of(length, sequence).length : inputs.shape(length.name())[1];
        if (rows > MOST_ROWS) {
            throw new LanewiseException("attention must be over at most %d rows to be drawn: %s has %d"
                    .formatted(MOST_ROWS, length, rows));
        }
    }

    /** Reads the maps from a run on the inputs. */
    List<AttentionMap> read(Outputs outputs) {
        List<AttentionMap> maps = new ArrayList<>();
        for (Map.Entry<String, Value> attention : attentions.entrySet()) {
            Shape.Pairs pairs = attention.getValue().pairs();
            AttentionMap.Axis queries = axis("query", pairs.queries(), pairs);
            AttentionMap.Axis keys = axis("key", pairs.keys(), pairs);
            float[][] weights = new float[queries.size()][keys.size()];
            FloatBuffer floats = outputs.floats(attention.getKey());
            floats.position((sequence(pairs) * pairs.heads() + head) * queries.size() * keys.size());
            for (float[] row : weights) {
                floats.get(row);
            }
            maps.add(new AttentionMap(attention.getKey(), queries, keys, weights));
        }
        return maps;
    }

    private AttentionMap.Axis axis(String role, Length length, Shape.Pairs pairs) {
        if (length.isRagged()) {
            return new AttentionMap.Axis("%s: %s row".formatted(role, length), sequences.of(length, sequence(pairs)),
                    List.of());
        }
        boolean[] padding = inputs.padding(length.name(), sequence(pairs));
        if (pairs.split() == HeadSplit.COLUMNS) {
            return new AttentionMap.Axis("%s: %s row".formatted(role, length), padding, List.of());
        }
        boolean[] regrouped = new boolean[padding.length]; // rows of a group are parts of rows of the input
        for (int row = 0; row < regrouped.length; row++) {
            regrouped[row] = padding[(head * padding.length + row) / pairs.heads()];
        }
        return new AttentionMap.Axis("%s: row of group %d of %s".formatted(role, head, length), regrouped,
                List.of());
    }

    /** Returns the picture's title. */
    String title() {
        boolean hasHeads = attentions.firstEntry().getValue().pairs().heads() > 1;
        return "%s, sample %d".formatted(layer, sample) + (hasHeads ? ", head " + head : "");
    }
}
