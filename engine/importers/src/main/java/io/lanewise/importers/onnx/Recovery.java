package io.lanewise.importers.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.lanewise.LanewiseException;

import static io.lanewise.LanewiseException.quote;

/**
 * Recovers the encoder that a graph was exported from: walks from the outputs through what stands on the encoder, its layers and its
 * embeddings, and then asks that no node is left over.
 */
public final class Recovery {

    private static final int PADDING = 1;
    private static final int MOST_LAYERS = 256;
    private static final int MOST_NAMES = 300;
    private static final int MOST_OUTPUTS = 64;

    private final OnnxGraph read;
    private OnnxGraph graph; // without what changes no row
    private Outputs outputs;
    private Trials trials;
    private Matcher matcher;

    private Recovery(OnnxGraph graph) {
        this.read = graph;
        this.graph = graph;
    }

    /** What stands on an encoder. */
    static final class Outputs {
        String hidden;
        Match pooler;
        Match sequenceLogits;
        Match tokenLogits;
        Match vocabularyLogits;
        Match words;
        Match sentence;
    }

    /** An encoder's parts, the first layer first. */
    record Parts(OnnxGraph graph, Trials trials, Outputs outputs, Match embeddings, List<Match> layers) {}

    /**
     * Recovers a file's model.
     *
     * @throws LanewiseException if it is no ONNX file, or no encoder that is known
     */
    public static RecoveredModel of(Path file) {
        return of(OnnxFile.read(file), file.toString());
    }

    /**
     * Recovers a stream's model; it must have no data beside it.
     *
     * @param origin where it came from, for messages
     * @throws LanewiseException if it is no ONNX file, or no encoder that is known
     * @throws IOException if reading fails
     */
    public static RecoveredModel of(InputStream in, String origin) throws IOException {
        return of(OnnxFile.read(in, origin, new ExternalData(null)), origin);
    }

    private static RecoveredModel of(OnnxGraph graph, String origin) {
        try {
            return new Recovery(graph).model();
        } catch (LanewiseException e) {
            throw new LanewiseException(e.getMessage() + ", file=" + origin, e);
        }
    }

    private RecoveredModel model() {
        requireInputs();
        Parts parts = parts(PADDING);
        int padding = EncoderModel.firstPlace(parts) - 1;
        if (padding >= 0 && padding != PADDING) {
            parts = parts(padding);
        }
        requireAllKnown();
        return new EncoderModel(parts).model();
    }

    /** Feeding what a graph does not declare, or leaving out what it does, is not to be had. */
    private void requireInputs() {
        List<String> known = List.of(Trial.IDS, Trial.MASK, Trial.TYPES, Trial.PADDING_MASK);
        boolean isKnown = known.containsAll(graph.inputs()) && graph.inputs().contains(Trial.IDS);
        if (!isKnown) {
            throw new LanewiseException("only encoders of texts are imported, whose inputs are input_ids, "
                    + "attention_mask and token_type_ids: inputs="
                    + LanewiseException.shorten(graph.inputs().stream().map(LanewiseException::quote).toList()
                            .toString(), MOST_NAMES));
        }
    }

    private Parts parts(int padding) {
        trials = Trials.run(read, padding);
        graph = PlainRows.of(read, trials);
        matcher = new Matcher(graph, Grammar.ENCODERS, trials);
        outputs = new Outputs();
        if (graph.outputs().isEmpty() || graph.outputs().size() > MOST_OUTPUTS) {
            throw new LanewiseException("a graph must have from 1 to %d outputs: outputs=%d".formatted(MOST_OUTPUTS,
                    graph.outputs().size()));
        }
        graph.outputs().forEach(this::output);
        List<Match> layers = new ArrayList<>();
        String hidden = outputs.hidden;
        for (Optional<Match> layer = matcher.find("layer", hidden); layer.isPresent(); layer = matcher.find("layer",
                hidden)) {
            matcher.take(layer.get());
            layers.addFirst(layer.get());
            hidden = layer.get().from().get("h");
            if (layers.size() > MOST_LAYERS) {
                throw new LanewiseException("layers must be at most " + MOST_LAYERS);
            }
        }
        Match embeddings = matcher.find("embeddings", hidden)
                .orElseThrow(() -> matcher.refuse("a layer or the embeddings, " + layers.size() + " layers before "
                        + "the last"));
        matcher.take(embeddings);
        return new Parts(graph, trials, outputs, embeddings, layers);
    }

    // ---------------------------------------------------------------- outputs

    /** Outputs are told by what they are: exporters agree on no names. */
    private void output(String name, String value) {
        Optional<Match> found;
        if ((found = matcher.find("sequenceLogits", value)).isPresent()) {
            outputs.sequenceLogits = stands(name, found.get());
        } else if ((found = matcher.find("pooler", value)).isPresent()) {
            outputs.pooler = stands(name, found.get());
        } else if ((found = matcher.find("sentence", value)).isPresent()) {
            outputs.sentence = stands(name, found.get());
        } else if ((found = matcher.find("words", value)).isPresent()) {
            outputs.words = stands(name, found.get());
        } else if ((found = matcher.find("vocabularyLogits", value)).isPresent()) {
            outputs.vocabularyLogits = stands(name, found.get());
        } else if (isLayer(value)) {
            standsOn(name, value);
        } else if ((found = matcher.find("tokenLogits", value)).isPresent() && isLayer(found.get().from().get("h"))) {
            outputs.tokenLogits = stands(name, matcher.find("tokenLogits", value).orElseThrow());
        } else {
            throw matcher.refuse("output " + quote(name));
        }
    }

    private boolean isLayer(String value) {
        return matcher.find("layer", value).isPresent() || matcher.find("embeddings", value).isPresent();
    }

    private Match stands(String name, Match match) {
        matcher.take(match);
        standsOn(name, match.from().get("h"));
        return match;
    }

    private void standsOn(String name, String hidden) {
        if (outputs.hidden != null && !outputs.hidden.equals(hidden)) {
            throw new LanewiseException("all outputs must be of the last layer: output=%s is of %s, others of %s"
                    .formatted(quote(name), graph.describe(hidden), graph.describe(outputs.hidden)));
        }
        outputs.hidden = hidden;
    }

    // ---------------------------------------------------------------- what is left over

    private void requireAllKnown() {
        Deque<String> open = new ArrayDeque<>(graph.outputs().values());
        Set<String> seen = new HashSet<>(open);
        Map<OnnxNode, Boolean> leftOver = new LinkedHashMap<>();
        while (!open.isEmpty()) {
            String value = open.pop();
            OnnxNode node = graph.maker(value);
            if (node == null || trials.first().isArithmetic(value)) {
                continue;
            }
            if (!matcher.known().contains(node)) {
                leftOver.put(node, true);
            }
            node.inputs().stream().filter(seen::add).forEach(open::push);
        }
        for (OnnxNode node : leftOver.keySet()) {
            throw new LanewiseException("every node must belong to a part of an encoder that is known: "
                    + node.describe() + ", expected nothing here");
        }
    }
}
