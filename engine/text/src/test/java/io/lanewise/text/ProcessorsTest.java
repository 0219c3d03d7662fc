package io.lanewise.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** JVMs that may use few processors, or write nowhere. */
class ProcessorsTest {

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() {
        TinyModel.embedder(folder);
    }

    /** Eight callers embed; prints the most threads that the library had meanwhile, and a hash of all vectors. */
    static final class Callers {
        public static void main(String[] arguments) throws InterruptedException {
            AtomicInteger hash = new AtomicInteger();
            int most = 0;
            try (TextEmbedder embedder = TextEmbedder.load(Path.of(arguments[0]))) {
                Set<Thread> before = Thread.getAllStackTraces().keySet();
                List<Thread> callers = IntStream.range(0, 8).mapToObj(i -> new Thread(() -> {
                    for (int call = 0; call < 30; call++) {
                        hash.addAndGet(Arrays.hashCode(embedder.embed(TinyModel.words(i + call, 1 + call % 20))));
                    }
                })).toList();
                callers.forEach(Thread::start);
                while (callers.stream().anyMatch(Thread::isAlive)) {
                    Set<Thread> own = Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> !before.contains(thread) && !callers.contains(thread))
                            .collect(Collectors.toSet());
                    most = Math.max(most, own.size());
                    Thread.sleep(1);
                }
            }
            System.out
                    .println("processors=" + Runtime.getRuntime().availableProcessors() + " threads=" + most + " hash="
                            + hash.get());
        }
    }

    /** REPORTS A14: threads are those of the callers, and bits do not depend on how many processors there are. */
    @Test
    void shouldStartNoThreadsOfItsOwnWhateverTheProcessors() throws IOException, InterruptedException {
        String hash = null;
        for (int processors : new int[]{1, 16}) {
            ChildJvm child = ChildJvm.run(Callers.class, List.of("-XX:ActiveProcessorCount=" + processors),
                    folder.toString());
            String line = child.output().lines().filter(text -> text.startsWith("processors=")).findFirst()
                    .orElseThrow(() -> new AssertionError(child.output()));
            assertTrue(line.startsWith("processors=" + processors + " threads=0 "), line);
            String bits = line.substring(line.indexOf("hash="));
            assertEquals(hash == null ? bits : hash, bits, line);
            hash = bits;
        }
    }

    /** REPORTS, djl#2333: nothing is written, so that nothing need be writable. */
    @Test
    void shouldEmbedWhereNothingCanBeWritten() throws IOException, InterruptedException {
        ChildJvm child = ChildJvm.run(ClosingTest.Forgetful.class,
                List.of("-Djava.io.tmpdir=/proc/none", "-Duser.home=/proc/none"),
                folder.toString());
        assertTrue(child.exit() == 0 && child.output().contains("numbers=16"), child.output());
    }
}
