package io.lanewise.misuse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One step of a caller.
 *
 * @param what is done
 * @param first a choice whose meaning depends on what is done, below {@link #CHOICES} like the others
 * @param second another choice
 * @param third another choice
 */
record Action(What what, int first, int second, int third) {

    static final int CHOICES = 24;

    private static final int LONGEST = 8;

    /** What can be done, and how often: what takes a second thread, or plans anew, costs a hundred runs. */
    enum What {
        OPEN(3), WRAP(16), WRAP_OUTPUT(8), FREE(8), RUN(32), RUN_MISARRANGED(8), RUN_INTERRUPTED(8), RUN_ELSEWHERE(
                4), READ(8), //
        HAND_OVER_NULL(4), CLOSE_SESSION(8), LOAD(1), CLOSE_MODEL(1), RUN_TOGETHER(1), CLOSE_UNDER_RUN(
                1), FREE_UNDER_RUN(2);

        private final int weight;

        What(int weight) {
            this.weight = weight;
        }

        /** Returns each as many times as it weighs. */
        static List<What> weighted() {
            return Arrays.stream(values()).flatMap(what -> Collections.nCopies(what.weight, what).stream()).toList();
        }
    }

    private static final List<What> WEIGHTED = What.weighted();

    /** Returns a sequence of 1 to 8 random steps. */
    static List<Action> sequence(Random random) {
        List<Action> actions = new ArrayList<>();
        for (int left = random.nextInt(1, LONGEST + 1); left > 0; left--) {
            What what = WEIGHTED.get(random.nextInt(WEIGHTED.size()));
            actions.add(new Action(what, random.nextInt(CHOICES), random.nextInt(CHOICES), random.nextInt(CHOICES)));
        }
        return actions;
    }
}
