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
    private static final int OBJECT_BYTES = 16;
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

    /** REPORTS, spring-ai#1427: many calls take no more than a few. */
    @Test
    void shouldTakeNoMoreMemoryForManyCalls() {
        TinyModel.embedder(folder);
        try (TextEmbedder embedder = TextEmbedder.load(folder)) {
            embedder.embed(TinyModel.words(0, 20));
            List<Long> before = offHeap();
            for (int call = 0; call < 5_000; call++) {
                embedder.embed(TinyModel.words(0, 1 + call % 3));
            }
            assertEquals(before, offHeap());
        }
    }

    /** REPORTS, spring-ai#1427: models that come and go leave nothing. */
    @Test
    void shouldLeaveNothingOfModelsThatComeAndGo() {
        TinyModel.embedder(folder);
        System.gc(); // what others left
        long mapped = bytes("mapped");
        for (int model = 0; model < 40; model++) {
            try (TextEmbedder embedder = TextEmbedder.load(folder)) {
                embedder.embed("w1 w2");
                assertTrue(bytes("mapped") > mapped);
            }
            assertEquals(mapped, bytes("mapped"));
        }
    }

    @Test
    void shouldLeaveNothingOfAFolderThatIsRefused() {
        TinyModel.embedder(folder);
        TinyModel.put(folder, "sentence_bert_config.json", "{\"max_seq_length\": \"many\"}");
        long mapped = bytes("mapped");
        assertThrowsExactly(LanewiseException.class, () -> TextEmbedder.load(folder));
        assertEquals(mapped, bytes("mapped"));
    }

    /** REPORTS, hardwood#199: what is closed is let go of at once, not when it is collected. */
    @Test
    void shouldLetItsFolderBeDeletedAfterClosing() throws IOException {
        Path model = Files.createDirectory(folder.resolve("model"));
        TinyModel.embedder(model);
        long mapped = bytes("mapped");
        try (TextEmbedder embedder = TextEmbedder.load(model)) {
            embedder.embed("w1");
        }
        assertEquals(mapped, bytes("mapped"));
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
