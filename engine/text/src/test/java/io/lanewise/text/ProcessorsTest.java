package io.lanewise.text;

import java.io.IOException;
import java.lang.management.ManagementFactory;
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

    /** The thread that has kernels compiled as long as a session is open that needs them. */
    private static final String KERNELS = "lanewise-kernels";
    private static final int LONGEST = 100; // tenths of a second until it has noticed that none is

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
                            .filter(thread -> !before.contains(thread) && !callers.contains(thread)
                                    && !thread.getName().equals(KERNELS))
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
        for (int processors : new int[]{1, 2, 16}) {
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

    /** Embeds by several threads a call, then does nothing for a while; then closes, and ends without saying so. */
    static final class Idle {
        public static void main(String[] arguments) throws InterruptedException {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            TextEmbedder embedder = TextEmbedder.load(Path.of(arguments[0]),
                    TextOptions.defaults().threads(4).sessions(2));
            for (int call = 0; call < 50; call++) {
                embedder.embed(List.of(TinyModel.words(call, 20), "w1", TinyModel.words(call, 9)));
            }
            Set<Thread> own = own(before);
            own.removeIf(thread -> thread.getName().equals(KERNELS));
            Thread.sleep(500); // what was begun is ended
            long cpu = cpu(own);
            Thread.sleep(1_000);
            System.out.println("idle=" + own.size() + " cpu=" + (cpu(own) - cpu) / 1_000_000);
            embedder.close();
            for (int wait = 0; wait < LONGEST && !own(before).isEmpty(); wait++) {
                Thread.sleep(100);
            }
            System.out.println("closed=" + own(before).size());
            TextEmbedder forgotten = TextEmbedder.load(Path.of(arguments[0]), TextOptions.defaults().threads(4));
            System.out.println("forgotten=" + forgotten.embed("w1").length);
        }

        private static Set<Thread> own(Set<Thread> before) {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !before.contains(thread) && thread.getName().startsWith("lanewise"))
                    .collect(Collectors.toSet());
        }

        private static long cpu(Set<Thread> threads) {
            return threads.stream()
                    .mapToLong(thread -> ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId())).sum();
        }
    }

    /** REPORTS A14: threads that have nothing to do take no time, are gone when the model is closed, and keep no JVM. */
    @Test
    void shouldNotSpinAndLeaveNoThread() throws IOException, InterruptedException {
        ChildJvm child = ChildJvm.run(Idle.class, List.of(), folder.toString());
        assertEquals(0, child.exit(), child.output());
        String idle = child.output().lines().filter(line -> line.startsWith("idle=")).findFirst().orElseThrow();
        assertTrue(idle.startsWith("idle=3 "), child.output()); // those besides the caller
        int milliseconds = Integer.parseInt(idle.substring(idle.indexOf("cpu=") + 4));
        assertTrue(milliseconds < 20, idle);
        assertTrue(child.output().contains("closed=0\nforgotten=16"), child.output());
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
