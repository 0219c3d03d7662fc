package io.lanewise;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.lanewise.RandomInputs.Padding;
import org.junit.jupiter.api.Test;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** One model, as many sessions as threads: every answer has the bits of the one that was computed alone. */
class ManyThreadsTest {

    private static final int RUNS = Tries.of(20_000, 1_000_000);
    private static final int SESSIONS = 8; // every second one with a worker of its own
    private static final int FEATURES = 4;
    private static final int BATCH = 2;

    @Test
    void shouldAnswerAsIfAlone() throws InterruptedException, ExecutionException {
        try (Model model = RandomLayer.of("co-attention", FEATURES, 1).model();
                ExecutorService threads = Executors.newFixedThreadPool(SESSIONS)) {
            List<Question> questions = questions(model);
            List<Callable<Integer>> callers = IntStream.range(0, SESSIONS)
                    .<Callable<Integer>>mapToObj(i -> () -> ask(model, questions, 1 + i % 2)).toList();
            int right = 0;
            for (Future<Integer> caller : threads.invokeAll(callers)) {
                right += caller.get();
            }
            assertEquals(RUNS, right);
        }
    }

    /** Samples of both orders of lengths, so that there are two groups of them and a worker has something to do. */
    private record Question(Inputs inputs, ByteBuffer answer) {

        boolean isAnsweredBy(Session session) {
            Outputs outputs = session.run(inputs);
            return outputs.segment("output_v").asByteBuffer().equals(answer);
        }
    }

    private static List<Question> questions(Model model) {
        List<Question> questions = new ArrayList<>();
        try (Session alone = model.newSession(options(1))) {
            for (int seed = 0; seed < 16; seed++) {
                Padding padding = Padding.values()[seed % Padding.values().length];
                Inputs inputs = RandomInputs.of(model, BATCH, FEATURES, padding, seed).inputs();
                byte[] answer = alone.run(inputs).segment("output_v").toArray(JAVA_BYTE);
                questions.add(new Question(inputs, ByteBuffer.wrap(answer)));
            }
        }
        return questions;
    }

    private static int ask(Model model, List<Question> questions, int threads) {
        int right = 0;
        try (Session session = model.newSession(options(threads))) {
            for (int run = 0; run < RUNS / SESSIONS; run++) {
                right += questions.get(run % questions.size()).isAnsweredBy(session) ? 1 : 0;
            }
        }
        return right;
    }

    private static SessionOptions options(int threads) {
        return SessionOptions.defaults().maxBatch(BATCH).maxLength(12).threads(threads);
    }
}
