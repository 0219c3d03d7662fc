package io.lanewise.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes entities of labelled tokens, the way that Hugging Face's pipeline does, but for labels in more detail than {@code B-} and
 * {@code I-}: where there are {@code E-} and {@code S-} (or {@code L-} and {@code U-}) as well, they end an entity, and that pipeline takes
 * them for labels of their own. Means are taken of each label by its number; what goes on with what is told by names.
 */
final class EntityFinder {

    private static final String OUTSIDE = "O";

    private final List<String> labels;
    private final List<Tag> tags;
    private final Aggregation aggregation;

    /**
     * Prepares for a text.
     *
     * @param tags of the labels, which are made once for a model
     */
    EntityFinder(List<String> labels, List<Tag> tags, Aggregation aggregation) {
        this.labels = labels;
        this.tags = tags;
        this.aggregation = aggregation;
    }

    /** A token, or a word of several, with one label. */
    private record Labelled(int start, int end, String label, Tag tag, double score) {}

    List<Entity> find(String text, List<LabelledToken> tokens) {
        List<Labelled> labelled = switch (aggregation) {
            case NONE, SIMPLE -> tokens.stream().map(this::labelled).toList();
            case FIRST, AVERAGE, MAX -> words(tokens);
        };
        return aggregation == Aggregation.NONE ? each(text, labelled) : joined(text, labelled);
    }

    private Labelled labelled(LabelledToken token) {
        return labelled(token, token.start(), token.end());
    }

    private Labelled labelled(LabelledToken token, int start, int end) {
        return new Labelled(start, end, labels.get(token.best()), tags.get(token.best()), token.scores()[token.best()]);
    }

    // ---------------------------------------------------------------- words

    private List<Labelled> words(List<LabelledToken> tokens) {
        List<Labelled> words = new ArrayList<>();
        List<LabelledToken> word = new ArrayList<>();
        for (LabelledToken token : tokens) {
            if (!token.continues() && !word.isEmpty()) {
                words.add(word(word));
                word.clear();
            }
            word.add(token);
        }
        if (!word.isEmpty()) {
            words.add(word(word));
        }
        return words;
    }

    private Labelled word(List<LabelledToken> tokens) {
        LabelledToken token = switch (aggregation) {
            case FIRST -> tokens.getFirst();
            case MAX -> tokens.stream()
                    .reduce((one, other) -> other.scores()[other.best()] > one.scores()[one.best()] ? other : one)
                    .orElseThrow();
            default -> average(tokens);
        };
        return labelled(token, tokens.getFirst().start(), tokens.getLast().end());
    }

    private static LabelledToken average(List<LabelledToken> tokens) {
        double[] mean = new double[tokens.getFirst().scores().length];
        for (LabelledToken token : tokens) {
            for (int label = 0; label < mean.length; label++) {
                mean[label] += token.scores()[label] / tokens.size();
            }
        }
        return new LabelledToken(0, 0, false, mean);
    }

    // ---------------------------------------------------------------- entities

    private static List<Entity> each(String text, List<Labelled> tokens) {
        return tokens.stream().filter(token -> !token.label().equals(OUTSIDE))
                .map(token -> entity(text, token.label(), List.of(token))).toList();
    }

    private static List<Entity> joined(String text, List<Labelled> tokens) {
        List<Entity> entities = new ArrayList<>();
        List<Labelled> group = new ArrayList<>();
        for (Labelled token : tokens) {
            if (!group.isEmpty() && !token.tag().goesOnWith(group.getLast().tag())) {
                add(text, group, entities);
            }
            group.add(token);
        }
        add(text, group, entities);
        return entities;
    }

    private static void add(String text, List<Labelled> group, List<Entity> entities) {
        if (!group.isEmpty() && !group.getFirst().tag().kind().equals(OUTSIDE)) {
            entities.add(entity(text, group.getFirst().tag().kind(), group));
        }
        group.clear();
    }

    private static Entity entity(String text, String label, List<Labelled> tokens) {
        int start = tokens.getFirst().start();
        int end = tokens.getLast().end();
        double score = tokens.stream().mapToDouble(Labelled::score).average().orElse(0);
        return new Entity(label, (float) score, start, end, text.substring(start, Math.max(start, end)));
    }
}
