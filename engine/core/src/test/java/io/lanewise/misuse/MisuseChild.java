package io.lanewise.misuse;

import java.util.List;
import java.util.Random;

/** Runs many sequences in a JVM of its own, which a crash ends. */
public final class MisuseChild {

    private MisuseChild() {}

    /** Takes the number of sequences and the seed, and prints how many of them ended as they must. */
    public static void main(String[] arguments) {
        int sequences = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        try (Oracle oracle = new Oracle(); Rival rival = new Rival(); World world = new World(oracle, rival)) {
            for (int i = 0; i < sequences; i++) {
                perform(world, seed + i);
            }
            System.out.println("sequences=" + sequences + " runs=" + world.runs() + " seed=" + seed);
        }
    }

    private static void perform(World world, long seed) {
        Random random = new Random(seed);
        int first = random.nextInt(Action.CHOICES);
        List<Action> actions = Action.sequence(random);
        try {
            world.perform(first, actions);
        } catch (Throwable e) {
            throw new AssertionError("seed=" + seed + " first=" + first + " " + actions, e);
        }
    }
}
