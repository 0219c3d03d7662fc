package io.lanewise.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a label says of its token's place in an entity.
 *
 * @param kind of the entity
 * @param begins whether another entity begins here, whatever stands before
 * @param ends whether it ends here, whatever follows
 */
record Tag(String kind, boolean begins, boolean ends) {

    /** Beginning and inside; outside has no kind. */
    private static final Set<String> PLAIN = Set.of("B-", "I-");

    /** End and single, under either of their names. */
    private static final Set<String> DETAILED = Set.of("E-", "S-", "L-", "U-");

    private static final int LETTERS = 2;

    /** Returns the tags of a model's labels: letters mean something only where all labels of a kind have them. */
    static List<Tag> of(List<String> labels) {
        Set<String> all = new HashSet<>(labels); // thousands, where somebody labels each thing by its name
        boolean isDetailed = all.stream().anyMatch(label -> DETAILED.contains(letters(label))
                && (all.contains("I-" + label.substring(LETTERS)) || all.contains("B-" + label.substring(LETTERS))));
        return labels.stream().map(label -> of(label, isDetailed)).toList();
    }

    private static Tag of(String label, boolean isDetailed) {
        String letters = letters(label);
        if (!PLAIN.contains(letters) && !(isDetailed && DETAILED.contains(letters))) {
            return new Tag(label, false, false);
        }
        return new Tag(label.substring(LETTERS), "B-S-U-".contains(letters), "E-S-L-U-".contains(letters));
    }

    private static String letters(String label) {
        return label.length() < LETTERS ? "" : label.substring(0, LETTERS);
    }

    /** Says whether a token goes on with the entity of the one before it. */
    boolean goesOnWith(Tag before) {
        return !begins && !before.ends && kind.equals(before.kind);
    }
}
