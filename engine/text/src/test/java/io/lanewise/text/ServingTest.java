package io.lanewise.text;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import com.sun.management.OperatingSystemMXBean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What befalls a service: it is told to exit under load, idles, gets a new model, speaks Turkish. */
class ServingTest {

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() {
        TinyModel.embedder(folder);
    }

    /** Ends the JVM while sixteen callers embed, eight of them virtual threads. */
    static final class Exiting {
        public static void main(String[] arguments) throws InterruptedException {
            TextEmbedder embedder = TextEmbedder.load(Path.of(arguments[0]), TextOptions.defaults().sessions(2));
            for (int i = 0; i < 16; i++) {
                Thread.Builder builder = i % 2 == 0 ? Thread.ofVirtual() : Thread.ofPlatform().daemon(false);
                builder.start(() -> {
                    while (true) {
                        embedder.embed("w1 w2 w3");
                    }
                });
            }
            while (embedder.counters().calls() < 100) {
                Thread.sleep(1);
            }
            System.out.println("exits");
            System.exit(7);
        }
    }

    @Test
    void shouldExitUnderLoad() throws IOException, InterruptedException {
        ChildJvm child = ChildJvm.run(Exiting.class, List.of(), folder.toString());
        assertEquals(7, child.exit(), child.output());
        assertEquals("exits", child.output().strip().lines().toList().getLast());
    }

    /** Prints a hash of vectors, and the CPU time of a second in which nobody calls. */
    static final class Idle {
        public static void main(String[] arguments) throws InterruptedException {
            try (TextEmbedder embedder = TextEmbedder.load(Path.of(arguments[0]), TextOptions.defaults().threads(2))) {
                int hash = IntStream.range(0, 20).map(i -> Arrays.hashCode(embedder.embed(TinyModel.words(i, 1 + i))))
                        .sum() + Arrays.hashCode(embedder.embed("W1 \u0130 I \u0131 W3"));
                OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
                Thread.sleep(200);
                long before = system.getProcessCpuTime();
                Thread.sleep(500);
                System.out.println("idle millis=" + (system.getProcessCpuTime() - before) / 1_000_000);
                System.out.println("hash=" + hash);
            }
        }
    }

    /** REPORTS A14: a worker that has nothing to do takes no time, with one processor or two; and the bits are the same in any language. */
    @Test
    void shouldIdleWithoutSpinningAndSpeakTurkish() throws IOException, InterruptedException {
        List<String> hashes = List.of(idle("-Duser.language=en", "-XX:ActiveProcessorCount=1"),
                idle("-Duser.language=tr", "-Duser.country=TR", "-XX:ActiveProcessorCount=2"));
        assertEquals(hashes.getFirst(), hashes.getLast());
    }

    private static String idle(String... flags) throws IOException, InterruptedException {
        List<String> lines = ChildJvm.run(Idle.class, List.of(flags), folder.toString()).output().lines().toList();
        String idle = lines.stream().filter(line -> line.startsWith("idle ")).findFirst()
                .orElseThrow(() -> new AssertionError(lines));
        int millis = Integer.parseInt(idle.substring(idle.indexOf('=') + 1));
        assertTrue(millis < 200, "a thread must not spin for 500 ms: " + idle);
        return lines.getLast();
    }

    /** A folder that is moved away and replaced: what was loaded goes on, what is loaded next is the new one. */
    @Test
    void shouldServeOnWhenItsFolderIsReplaced(@TempDir Path temp) throws IOException {
        Path model = Files.createDirectory(temp.resolve("model"));
        TinyModel.embedder(model);
        try (TextEmbedder first = TextEmbedder.load(model)) {
            float[] before = first.embed("w1 w2");
            Path next = Files.createDirectory(temp.resolve("next"));
            TinyModel.reranker(next);
            TinyModel.put(next, "config.json", Files.readString(model.resolve("config.json")));
            for (String file : List.of("model.safetensors", "config.json", "tokenizer.json")) {
                Files.move(next.resolve(file), model.resolve(file), StandardCopyOption.ATOMIC_MOVE);
            }
            assertArrayEquals(before, first.embed("w1 w2"));
            assertArrayEquals(before, first.embed(List.of("w1 w2"))[0]);
        }
        try (TextEmbedder second = TextEmbedder.load(model)) {
            assertEquals(TinyModel.FEATURES, second.embed("w1 w2").length);
        }
    }
}
