package io.lanewise.text;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.ThreadMXBean;
import io.lanewise.LanewiseException;
import io.lanewise.Tries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Memory of embedders, by the JVM's own counts: flat over calls, gone when they are closed. */
@Isolated("others' memory is counted, too")
class MemoryTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = Tries.of(1_000, 5_000);
    private static final int OBJECT_BYTES = 16;
    private static final long MOST_UNCOLLECTED = 256 * 1024; // ids of a batch, which a collector frees
    private static final long MOST_NANOS = 20_000_000_000L;

    @TempDir
    private Path folder;

    private static long bytes(String pool) {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(bean -> bean.getName().equals(pool)).mapToLong(BufferPoolMXBean::getTotalCapacity).sum();
    }

    private static List<Long> offHeap() {
        return List.of(bytes("direct"), bytes("mapped"));
    }

    /** There may be less: a collector finds what others left. */
    private static void requireNoMore(List<Long> before) {
        List<Long> after = offHeap();
        assertTrue(after.get(0) <= before.get(0) && after.get(1) <= before.get(1),
                () -> "direct and mapped bytes before=" + before + ", after=" + after);
    }

    /** REPORTS, spring-ai#1427: many calls take no more than a few. */
    @Test
    void shouldTakeNoMoreMemoryForManyCalls() {
        TinyModel.embedder(folder);
        try (TextEmbedder embedder = TextEmbedder.load(folder)) {
            embedder.embed(TinyModel.words(0, 20));
            List<Long> before = offHeap();
            for (int call = 0; call < CALLS; call++) {
                embedder.embed(TinyModel.words(0, 1 + call % 3));
            }
            requireNoMore(before);
        }
    }

    /** REPORTS, spring-ai#1427: models that come and go leave nothing. */
    @Test
    void shouldLeaveNothingOfModelsThatComeAndGo() {
        TinyModel.embedder(folder);
        List<Long> before = offHeap();
        for (int model = 0; model < 40; model++) {
            try (TextEmbedder embedder = TextEmbedder.load(folder)) {
                embedder.embed("w1 w2");
            }
            requireNoMore(List.of(before.get(0) + MOST_UNCOLLECTED, before.get(1)));
        }
    }

    @Test
    void shouldLeaveNothingOfAFolderThatIsRefused() {
        TinyModel.embedder(folder);
        TinyModel.put(folder, "sentence_bert_config.json", "{\"max_seq_length\": \"many\"}");
        List<Long> before = offHeap();
        assertThrowsExactly(LanewiseException.class, () -> TextEmbedder.load(folder));
        requireNoMore(before);
    }

    /** REPORTS, hardwood#199: what is closed is let go of at once, not when it is collected. */
    @Test
    void shouldLetItsFolderBeDeletedAfterClosing() throws IOException {
        Path model = Files.createDirectory(folder.resolve("model"));
        TinyModel.embedder(model);
        List<Long> before = offHeap();
        try (TextEmbedder embedder = TextEmbedder.load(model)) {
            assertTrue(bytes("mapped") > before.get(1), "the table of words stays in its file");
            embedder.embed("w1");
        }
        assertTrue(bytes("mapped") <= before.get(1));
        try (Stream<Path> all = Files.walk(model)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
        assertFalse(Files.exists(model));
    }

    /** A text's ids and its vector are the caller's; nothing else is new. */
    @Test
    void shouldAllocateNothingButIdsAndVector() {
        assumeTrue(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).getVMOption("TieredStopAtLevel")
                .getValue().equals("4"), "C2 is off, which is what keeps windows off the heap");
        TinyModel.embedder(folder);
        String text = "w1 w2 w3 w4 w5 w6";
        long ids = aligned(OBJECT_BYTES + 8 * Integer.BYTES);
        long vector = aligned(OBJECT_BYTES + TinyModel.FEATURES * Float.BYTES);
        try (TextEmbedder embedder = TextEmbedder.load(folder, TextOptions.defaults().sessions(1))) {
            long start = System.nanoTime();
            long bytes;
            do {
                bytes = allocated(embedder, text);
            } while (bytes > ids + vector && System.nanoTime() - start < MOST_NANOS);
            assertEquals(ids + vector, bytes, "bytes a call");
        }
    }

    private static long aligned(long bytes) {
        return (bytes + 7) / 8 * 8;
    }

    private static long allocated(TextEmbedder embedder, String text) {
        int calls = 500;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int call = 0; call < calls; call++) {
            embedder.embed(text);
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / calls;
    }
}
