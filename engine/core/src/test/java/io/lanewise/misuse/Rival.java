package io.lanewise.misuse;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.function.Supplier;

import static org.junit.jupiter.api.Assertions.fail;

/** A second thread that gets in the way. */
final class Rival implements AutoCloseable {

    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().name("rival").factory());

    /** Has something done once, over there. */
    Answer once(Supplier<Answer> call) {
        return get(thread.submit(call::get));
    }

    /** Has something done over and over until it is stopped or ends in an answer that is the last; returns once it has begun. */
    Loop loop(Supplier<Answer> call, Predicate<Answer> isLast) {
        Loop loop = new Loop(call, isLast);
        loop.result = thread.submit(loop::run);
        loop.awaitBegin();
        return loop;
    }

    private static <T> T get(Future<T> result) {
        try {
            return result.get();
        } catch (ExecutionException e) {
            return fail("the other thread must end in an answer, too: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            return fail(e);
        }
    }

    @Override
    public void close() {
        thread.close();
    }

    /** What is being done over and over. */
    static final class Loop {

        private final Supplier<Answer> call;
        private final Predicate<Answer> isLast;
        private final CountDownLatch begun = new CountDownLatch(1);
        private volatile boolean stopped;
        private Future<Answer> result;

        private Loop(Supplier<Answer> call, Predicate<Answer> isLast) {
            this.call = call;
            this.isLast = isLast;
        }

        private Answer run() {
            begun.countDown();
            Answer answer;
            do {
                answer = call.get();
            } while (!stopped && !isLast.test(answer));
            return answer;
        }

        private void awaitBegin() {
            try {
                begun.await();
            } catch (InterruptedException e) {
                fail(e);
            }
        }

        /** Stops it, and returns the last answer. */
        Answer stop() {
            stopped = true;
            return get(result);
        }

        /** Waits until it ends by itself, and returns the last answer. */
        Answer last() {
            return get(result);
        }
    }
}
