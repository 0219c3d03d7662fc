package io.lanewise.bench.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.lanewise.bench.encoders.EncoderPoints;
import io.lanewise.bench.kernels.KernelPoints;
import io.lanewise.bench.layers.LayerPoints;
import io.lanewise.bench.peers.PeerPoints;
import io.lanewise.bench.rounds.Point;
import io.lanewise.bench.rounds.RoundPlan;
import io.lanewise.bench.tokenizers.TokenizerPoints;

/** How much is measured. */
public enum Mode {
    /** A minute: whether everything runs at all. */
    SMOKE("mvn -q -Pbench -Dbench.mode=smoke") {
        @Override
        List<Job> jobs() {
            RoundPlan short3 = new RoundPlan(3, Duration.ofMillis(50), Duration.ofMillis(2));
            return Job.of(1, short3, Stream.of(
                    Stream.concat(QUICK.points().stream(), PeerPoints.all().stream()).filter(Mode::isSmall),
                    TokenizerPoints.few().stream(), EncoderPoints.few().stream()).flatMap(points -> points).toList());
        }
    },
    /** Minutes: one fork, one batch of every layer. */
    QUICK("mvn -q -Pbench") {
        @Override
        List<Job> jobs() {
            List<Point> points = new ArrayList<>(KernelPoints.all());
            points.removeIf(KernelPoints::isSlow);
            points.addAll(LayerPoints.few());
            points.addAll(LayerPoints.ablations(FEW));
            return Job.of(1, new RoundPlan(5, Duration.ofMillis(800), Duration.ofMillis(10)), points);
        }
    },
    /** A quarter of an hour: kernels and nothing else, beside OpenBLAS where it is there. */
    KERNELS("mvn -q -Pbench,peers -Dbench.mode=kernels") {
        @Override
        List<Job> jobs() {
            List<Job> jobs = new ArrayList<>(Job.of(2, FAST, KernelPoints.all()));
            jobs.addAll(Job.of(3, SLOW, PeerPoints.matMuls()));
            return jobs;
        }

        @Override
        public boolean hasServices() {
            return false;
        }
    },
    /** Minutes: the whole HGA and nothing else, beside naive loops, and beside peers where they are there. */
    HGA("mvn -q -Pbench,peers -Dbench.mode=hga") {
        @Override
        List<Job> jobs() {
            List<Job> jobs = new ArrayList<>(Job.of(1, SLOW, PeerPoints.wholeModel()));
            jobs.addAll(Job.of(1, SLOW, LayerPoints.wholeModel()));
            return jobs;
        }

        @Override
        public boolean hasServices() {
            return false;
        }
    },
    /** Minutes: tokenizers and nothing else, beside DJL's where it is there. */
    TOKENIZERS("mvn -q -Pbench,peers -Dbench.mode=tokenizers -Dbench.tokenizers=FOLDER") {
        @Override
        List<Job> jobs() {
            return Job.of(2, SLOW, TokenizerPoints.all());
        }

        @Override
        public boolean hasServices() {
            return false;
        }
    },
    /** Ten minutes: encoders and nothing else, in one process beside each peer that is there. */
    ENCODERS("mvn -q -Pbench,peers -Dbench.mode=encoders") {
        @Override
        List<Job> jobs() {
            return encoders(1);
        }

        @Override
        public boolean hasServices() {
            return false;
        }
    },
    /** Minutes: many callers with short texts at once, beside LangChain4j where it is there. */
    CALLERS("mvn -q -Pbench,peers -Dbench.mode=callers") {
        @Override
        List<Job> jobs() {
            return Job.of(1, OF_CALLERS, EncoderPoints.callers());
        }

        @Override
        public boolean hasServices() {
            return false;
        }
    },
    /** A quarter of an hour at most: cold starts and nothing else, of Lanewise and of each peer that is there. */
    COLD("mvn -q -Pbench,peers -Dbench.mode=cold") {
        @Override
        List<Job> jobs() {
            return List.of();
        }
    },
    /** Three quarters of an hour: kernels, and layers and encoders in one process beside each peer that is there. */
    BRIEF("mvn -q -Pbench,peers -Dbench.mode=brief") {
        @Override
        List<Job> jobs() {
            List<Job> jobs = new ArrayList<>(Job.of(2, FAST, KernelPoints.all()));
            jobs.addAll(Job.of(1, SLOW, LayerPoints.few()));
            jobs.addAll(Job.of(1, SLOW, LayerPoints.ablations(MANY)));
            jobs.addAll(Job.of(1, SLOW, PeerPoints.all()));
            jobs.addAll(Job.of(1, SLOW, TokenizerPoints.all()));
            jobs.addAll(encoders(1));
            return jobs;
        }
    },
    /** More than an hour: every batch of every layer, and five forks beside each peer that is there. */
    FULL("mvn -q -Pbench,peers") {
        @Override
        List<Job> jobs() {
            List<Job> jobs = new ArrayList<>(Job.of(2, FAST, KernelPoints.all()));
            jobs.addAll(Job.of(1, SLOW, LayerPoints.all()));
            jobs.addAll(Job.of(1, SLOW, LayerPoints.wholeModel()));
            jobs.addAll(Job.of(1, SLOW, LayerPoints.ablations(MANY)));
            jobs.addAll(Job.of(5, SLOW, PeerPoints.all()));
            jobs.addAll(Job.of(3, SLOW, TokenizerPoints.all()));
            jobs.addAll(encoders(3));
            jobs.addAll(Job.of(1, OF_CALLERS, EncoderPoints.callers()));
            return jobs;
        }
    };

    private static final RoundPlan FAST = new RoundPlan(12, Duration.ofSeconds(1), Duration.ofMillis(20));
    private static final RoundPlan SLOW = new RoundPlan(6, Duration.ofSeconds(2), Duration.ofMillis(20));
    private static final RoundPlan OF_IDS = new RoundPlan(5, Duration.ofSeconds(2), Duration.ofMillis(100));
    private static final RoundPlan OF_TEXTS = new RoundPlan(EncoderPoints.roundsOfTexts(), Duration.ofMillis(1),
            Duration.ofMillis(1)); // a call each
    private static final RoundPlan OF_CALLERS = new RoundPlan(8, Duration.ofMillis(1), Duration.ofMillis(1)); // the same
    private static final int FEW = 16;
    private static final int MANY = 128;

    private final String command;

    Mode(String command) {
        this.command = command;
    }

    /** Returns what is measured, and how often; nothing where services are all that is watched. */
    abstract List<Job> jobs();

    /** Says whether engines are also watched as services, where the build has the peers. */
    public boolean hasServices() {
        return true;
    }

    /** Returns what a reader types. */
    public String command() {
        return command;
    }

    /** Returns what is measured. */
    List<Point> points() {
        return jobs().stream().flatMap(job -> job.points().stream()).toList();
    }

    private static List<Job> encoders(int forks) {
        List<Job> jobs = new ArrayList<>(Job.of(forks, OF_IDS, EncoderPoints.ids()));
        jobs.addAll(Job.of(forks, OF_TEXTS, EncoderPoints.texts()));
        jobs.addAll(Job.of(forks, OF_IDS, EncoderPoints.questions()));
        return jobs;
    }

    private static boolean isSmall(Point point) {
        return List.of("1", "15", "128").contains(point.params().getOrDefault("m", ""))
                || point.name().equals("fused-norm")
                || point.name().startsWith("co-a") && !point.params().get("B").equals("1");
    }
}
