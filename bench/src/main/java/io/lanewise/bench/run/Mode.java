package io.lanewise.bench.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.lanewise.bench.kernels.KernelPoints;
import io.lanewise.bench.layers.LayerPoints;
import io.lanewise.bench.peers.PeerPoints;
import io.lanewise.bench.rounds.Point;
import io.lanewise.bench.rounds.RoundPlan;

/** How much is measured. */
public enum Mode {
    /** Seconds: whether everything runs at all. */
    SMOKE("mvn -q -Pbench -Dbench.mode=smoke", 1, new RoundPlan(3, Duration.ofMillis(50), Duration.ofMillis(2))) {
        @Override
        List<Point> points() {
            return QUICK.points().stream().filter(Mode::isSmall).toList();
        }
    },
    /** Minutes: one fork, one batch of every layer. */
    QUICK("mvn -q -Pbench", 1, new RoundPlan(5, Duration.ofMillis(800), Duration.ofMillis(10))) {
        @Override
        List<Point> points() {
            List<Point> points = new ArrayList<>(KernelPoints.all());
            points.removeIf(KernelPoints::isSlow);
            points.addAll(LayerPoints.few());
            points.addAll(LayerPoints.ablations(FEW));
            return points;
        }
    },
    /** Hours: five forks, every batch of every layer, the peers that are there. */
    FULL("mvn -q -Pbench,peers", 5, new RoundPlan(10, Duration.ofSeconds(2), Duration.ofMillis(20))) {
        @Override
        List<Point> points() {
            List<Point> points = new ArrayList<>(KernelPoints.all());
            points.addAll(LayerPoints.all());
            points.addAll(LayerPoints.ablations(MANY));
            points.addAll(PeerPoints.all());
            return points;
        }
    };

    private static final int FEW = 16;
    private static final int MANY = 128;

    private final String command;
    private final int forks;
    private final RoundPlan rounds;

    Mode(String command, int forks, RoundPlan rounds) {
        this.command = command;
        this.forks = forks;
        this.rounds = rounds;
    }

    /** Returns what is measured. */
    abstract List<Point> points();

    /** Returns what a reader types. */
    public String command() {
        return command;
    }

    /** Returns how many JVMs each point runs in. */
    public int forks() {
        return forks;
    }

    /** Returns how long each of them times. */
    public RoundPlan rounds() {
        return rounds;
    }

    private static boolean isSmall(Point point) {
        return List.of("1", "15", "128").contains(point.params().getOrDefault("m", ""))
                || point.name().equals("fused-norm")
                || point.name().startsWith("co-a") && !point.params().get("B").equals("1");
    }
}
