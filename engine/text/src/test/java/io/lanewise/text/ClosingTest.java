package io.lanewise.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Closing waits for calls in flight, refuses later ones, and leaves nothing that keeps the JVM. */
class ClosingTest {

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() {
        TinyModel.embedder(folder);
    }

    @Test
    void shouldRefuseCallsAfterClosing() {
        TextEmbedder embedder = TextEmbedder.load(folder);
        embedder.embed("w1");
        embedder.close();
        embedder.close();
        assertEquals("a model must not be used after it is closed: model=bert",
                assertThrowsExactly(IllegalStateException.class, () -> embedder.embed("w1")).getMessage());
        assertThrowsExactly(IllegalStateException.class, () -> embedder.embed(List.of("w1")));
    }

    @Test
    void shouldWaitForCallsInFlight() throws Exception {
        List<String> many = IntStream.range(0, 2_000).mapToObj(i -> TinyModel.words(i, 1 + i % 20)).toList();
        TextEmbedder embedder = TextEmbedder.load(folder, TextOptions.defaults().sessions(2));
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Integer> call = CompletableFuture.supplyAsync(() -> {
            float[][] first = embedder.embed(many.subList(0, 1));
            begun.countDown();
            return first.length + calls(embedder, many);
        });
        begun.await();
        embedder.close();
        int answered = call.get(60, TimeUnit.SECONDS);
        assertTrue(answered >= 1, "answered=" + answered);
    }

    /** Embeds until it is refused; each call is answered whole or refused before it began. */
    private static int calls(TextEmbedder embedder, List<String> many) {
        int answered = 0;
        try {
            while (true) {
                answered += embedder.embed(many).length / many.size();
            }
        } catch (IllegalStateException closed) {
            return answered;
        }
    }

    @Test
    void shouldAnswerManyCallersOrRefuseThem() throws Exception {
        for (int round = 0; round < 20; round++) {
            TextEmbedder embedder = TextEmbedder.load(folder, TextOptions.defaults().sessions(2));
            List<Thread> callers = IntStream.range(0, 8).mapToObj(i -> Thread.ofVirtual().unstarted(() -> {
                try {
                    for (int call = 0; call < 50; call++) {
                        embedder.embed(TinyModel.words(i, 3));
                    }
                } catch (IllegalStateException closed) {
                    // as it should be
                }
            })).toList();
            callers.forEach(Thread::start);
            embedder.close();
            for (Thread caller : callers) {
                assertTrue(caller.join(java.time.Duration.ofSeconds(30)), "a caller must not wait forever");
            }
        }
    }

    /** Embeds by several threads a call, and forgets to close. */
    static final class Forgetful {
        public static void main(String[] arguments) {
            TextEmbedder embedder = TextEmbedder.load(Path.of(arguments[0]), TextOptions.defaults().threads(2));
            System.out.println("numbers=" + embedder.embed("w1 w2").length);
        }
    }

    @Test
    void shouldNotKeepTheJvmWhenMainEnds() throws IOException, InterruptedException {
        ChildJvm child = ChildJvm.run(Forgetful.class, List.of(), folder.toString());
        assertEquals(0, child.exit(), child.output());
        assertTrue(child.output().contains("numbers=16"), child.output());
    }
}
