package io.lanewise.bench.service;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How often processes are started, and what they are asked.
 *
 * @param layer a label of {@link io.lanewise.bench.peers.PaperLayer}
 * @param tokens of the question, special ones included
 * @param starts of each engine as a machine usually is
 * @param fewStarts of each engine in other circumstances
 * @param longest how long a process is called after its first answer where it does not become steady before
 */
record ColdPlan(String layer, int tokens, int starts, int fewStarts, Duration longest) {

    private static final String STARTS = "bench.cold.starts";
    private static final int MOST_FEW = 3;

    /** In what circumstances a process starts. */
    enum Circumstance {
        /** All processors are its own. */
        USUAL("usual", List.of()),
        /** It is told that it has one processor, as in many containers; nothing binds its threads to one. */
        ONE_PROCESSOR("one-processor", List.of("-XX:ActiveProcessorCount=1")),
        /** Another process takes a processor for itself. */
        BESIDE_BUSY("beside-busy", List.of()),
        /** Its classes come from a cache ({@code -XX:AOTCache}) that such a process has left. */
        CLASS_CACHE("class-cache", List.of());

        private final String label;
        private final List<String> flags;

        Circumstance(String label, List<String> flags) {
            this.label = label;
            this.flags = flags;
        }

        /** Returns the word for it in result files. */
        String label() {
            return label;
        }

        /** Returns what the JVM is told. */
        List<String> flags() {
            return flags;
        }
    }

    /** Returns the plan of the report; the property {@code bench.cold.starts} says how many starts, for trying things out. */
    static ColdPlan here() {
        return of(Integer.getInteger(STARTS, 10));
    }

    /** Returns a plan of so many starts. */
    static ColdPlan of(int starts) {
        return new ColdPlan("co-attention", 12, starts, Math.min(starts, MOST_FEW), Duration.ofSeconds(20));
    }

    /** Returns the circumstances of a round of starts, counted from 0. */
    List<Circumstance> circumstances(int round) {
        return Arrays.stream(Circumstance.values()).filter(circumstance -> round < starts(circumstance)).toList();
    }

    /** Returns how often each engine starts in such circumstances. */
    int starts(Circumstance circumstance) {
        return circumstance == Circumstance.USUAL ? starts : fewStarts;
    }
}
