package io.lanewise.bench.encoders;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.lanewise.bench.rounds.Setup;
import io.lanewise.bench.rounds.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CallersDuelTest {

    private static final int CALLERS = 16;
    private static final int CALLS = 96;

    private static Setup duel; // loads real weights, twice

    private record Peer(Function<String, float[]> load, boolean isExact) implements EmbedderPeer {
        @Override
        public String subject() {
            return "peer";
        }

        @Override
        public String process() {
            return subject();
        }

        @Override
        public String describe() {
            return "a vector for every text";
        }
    }

    @BeforeAll
    static void open() {
        duel = new CallersDuel(List.of(new Peer(_ -> {
            float[] vector = new float[384];
            vector[0] = 1;
            return vector;
        }, true)), CALLERS, CALLS);
    }

    @AfterAll
    static void close() {
        duel.close();
    }

    private static Map<String, Double> run(String subject) {
        Subject found = Subject.find(duel.subjects(), subject);
        found.work().run();
        return found.readings().get();
    }

    @Test
    void shouldGatherTextsOrRunEachAlone() {
        assertEquals(List.of("lanewise", "lanewise-alone", "peer"),
                duel.subjects().stream().map(Subject::name).toList());
        run("lanewise"); // starts carriers of virtual threads: while there is one, nobody waits
        double together = run("lanewise").get("texts a run");
        assertTrue(together > 1.5, () -> "texts a run: " + together);
        Map<String, Double> alone = run("lanewise-alone");
        assertEquals(1, alone.get("texts a run"));
        assertTrue(alone.get("p50") > 0 && alone.get("p99") >= alone.get("p50"), alone.toString());
    }

    @Test
    void shouldRefuseAPeerWithOtherVectors() {
        String refusal = assertThrows(IllegalStateException.class, () -> run("peer")).getMessage();
        assertTrue(refusal.startsWith("what is timed must agree: texts of many callers by peer, least cosine="),
                refusal);
    }

    @Test
    void shouldAskForEveryTextOnceAllCallersAtATime() {
        List<String> texts = IntStream.range(0, CALLS).mapToObj(Integer::toString).toList();
        ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
        CountDownLatch all = new CountDownLatch(CALLERS);
        ManyCallers callers = new ManyCallers(texts, CALLERS, text -> {
            asked.add(text);
            all.countDown();
            try {
                all.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new float[]{Integer.parseInt(text)};
        });
        callers.run();
        assertEquals(texts, asked.stream().sorted((one, other) -> Integer.parseInt(one) - Integer.parseInt(other))
                .toList());
        for (int call = 0; call < CALLS; call++) {
            assertEquals(call, callers.answers()[call][0]);
        }
    }
}
