package io.lanewise.encoders;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.ThreadMXBean;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.TokenBatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Once it is compiled, a run of tokens allocates nothing, whatever the lengths, and filling a batch anew does not either. */
@Isolated("arenas that others close would have compiled loops end in the interpreter, which allocates")
class EncoderAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Duration MOST_TIME = Duration.ofSeconds(20); // C2 has compiled everything long before, or never will
    private static final int RUNS = 30;

    @BeforeEach
    void requireCompiledKernels() {
        assumeTrue(System.getProperty("lanewise.vector.bits", "0").equals("0"),
                "vectors of a width that the CPU may lack are emulated with objects");
        assumeTrue(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).getVMOption("TieredStopAtLevel")
                .getValue().equals("4"), "C2 is off, which is what keeps windows off the heap");
        assumeFalse(Boolean.getBoolean("lanewise.memory.guard"), "the check of guard zones after each run allocates");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert/odd-rerank", "bert/odd-mlm", "mpnet/long", "modernbert/lanes", "qwen3/lanes",
            "deberta-v2/lanes"})
    void shouldAllocateNothing(String name) {
        EncoderCase golden = EncoderCase.of(name);
        TokenSamples samples = TokenSamples.of(golden);
        String[] outputs = golden.recorded().toArray(String[]::new);
        SessionOptions options = SessionOptions.defaults().maxBatch(8).maxLength(160).inputs(samples.names())
                .outputs(outputs);
        int[][] orders = {samples.all(), {1}, {1, 0, 1, 0}};
        try (Model model = Model.load(golden.folder()); Session session = model.newSession(options)) {
            TokenBatch batch = new TokenBatch(8, samples.types() != null);
            long start = System.nanoTime();
            long bytes;
            do {
                bytes = allocated(session, batch, samples, orders);
            } while (bytes > 0 && System.nanoTime() - start < MOST_TIME.toNanos());
            assertEquals(0, bytes, golden + ": bytes allocated by the last " + RUNS + " runs");
        }
    }

    private static long allocated(Session session, TokenBatch batch, TokenSamples samples, int[][] orders) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int run = 0; run < RUNS; run++) {
            int[] order = orders[run % orders.length];
            batch.set(samples.ids(), samples.types(), order, 0, order.length);
            session.runTokens(batch);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
