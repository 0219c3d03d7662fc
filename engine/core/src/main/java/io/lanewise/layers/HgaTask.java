package io.lanewise.layers;

import java.util.Arrays;
import java.util.List;

import io.lanewise.graph.Choice;
import io.lanewise.graph.Length;
import io.lanewise.graph.Op;
import io.lanewise.graph.Value;

/** What HGA is asked for. */
enum HgaTask {

    /** How often something happens: a number. */
    COUNT("Count", 1),
    /** A word about a frame, of those that there are. */
    FRAME_QA("FrameQA", 1),
    /** Which of five answers says what happens so many times. */
    ACTION("Action", 5),
    /** Which of five answers says what comes before or after. */
    TRANS("Trans", 5);

    private final String word;
    private final int candidates;

    HgaTask(String word, int candidates) {
        this.word = word;
        this.candidates = candidates;
    }

    /** Returns the task that the settings name. */
    static HgaTask of(LayerConfig config) {
        List<String> words = Arrays.stream(values()).map(task -> task.word).toList();
        return values()[words.indexOf(config.choice("task", words))];
    }

    /** Returns how many questions a sample has: one, or one for each answer that it may have. */
    int candidates() {
        return candidates;
    }

    /** Returns the inputs, in order. */
    List<String> inputs() {
        return List.of(question(), "resnet", "c3d");
    }

    /** Returns the input of words. */
    String question() {
        return candidates == 1 ? "question" : "candidates";
    }

    /** Returns the length of questions. */
    Length length() {
        return Length.trimmed(candidates == 1 ? "question" : "candidate", candidates);
    }

    /** Says whether there may be more than one answer to score. */
    boolean hasAnswers() {
        return this == FRAME_QA;
    }

    /** Names the results: the head's rows, or their only number, and what is chosen by it. */
    void conclude(LayerScope layer, Value head) {
        Value output = this == FRAME_QA ? head : layer.add(new Op.Flatten(head));
        layer.output("output", output);
        layer.output("prediction", layer.add(new Op.Choose(output, this == COUNT ? Choice.COUNT : Choice.LARGEST)));
    }
}
