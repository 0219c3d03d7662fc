package io.lanewise.memory;

import java.lang.foreign.ValueLayout;

import io.lanewise.memory.unchecked.AddressSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Isolated("writes beside a block, which the check of all blocks finds")
class BlockTest {

    private static final int BYTES = 3 * Block.ALIGNMENT;

    @Test
    void shouldBeAlignedAndLargeEnough() {
        try (Block block = new Block(BYTES - 1)) {
            assertEquals(BYTES, block.bytes());
            assertEquals(0, block.segment().address() % Block.ALIGNMENT);
        }
    }

    @Test
    void shouldHoldZerosWhereTheyAreAskedFor() {
        try (Block block = Block.zeroed(BYTES)) {
            for (int i = 0; i < BYTES; i++) {
                assertEquals(0, block.segment().get(ValueLayout.JAVA_BYTE, i));
            }
        }
    }

    @Test
    void shouldBelongToTheThreadThatWantsItForItself() {
        try (Block block = Block.zeroedForThisThread(BYTES - 1); Block shared = Block.zeroed(BYTES)) {
            assertEquals(BYTES, block.bytes());
            assertEquals(0, block.segment().get(ValueLayout.JAVA_BYTE, BYTES - 1));
            Thread other = new Thread(() -> {});
            assertTrue(block.segment().isAccessibleBy(Thread.currentThread()));
            assertTrue(shared.segment().isAccessibleBy(other));
            assertEquals(GuardZones.ON, block.segment().isAccessibleBy(other));
        }
    }

    /** Whether the system has any or not. */
    @Test
    void shouldKeepWhatItHoldsOnHugePages() {
        int ints = 2 << 20;
        try (Block block = new Block(ints * (long) Integer.BYTES)) {
            for (int i = 0; i < ints; i++) {
                block.segment().setAtIndex(ValueLayout.JAVA_INT, i, i * 31);
            }
            block.layOnHugePages();
            for (int i = 0; i < ints; i++) {
                assertEquals(i * 31, block.segment().getAtIndex(ValueLayout.JAVA_INT, i));
            }
        }
    }

    @Test
    void shouldBeLaidOnHugePagesWhileItIsWrittenToAndFreed() throws InterruptedException {
        long bytes = 4 << 20;
        for (int turn = 0; turn < 10; turn++) {
            Block block = new Block(bytes);
            Thread pages = new Thread(block::layOnHugePages);
            pages.start();
            for (long at = 0; at < bytes; at++) {
                block.segment().set(ValueLayout.JAVA_BYTE, at, (byte) (at * 31));
            }
            long wrong = 0;
            for (long at = 0; at < bytes; at++) {
                wrong += block.segment().get(ValueLayout.JAVA_BYTE, at) == (byte) (at * 31) ? 0 : 1;
            }
            assertEquals(0, wrong);
            Thread late = new Thread(block::layOnHugePages);
            late.start();
            block.close();
            pages.join();
            late.join();
        }
    }

    @Test
    void shouldLeaveWhatIsSmallerThanAHugePageOrFreed() {
        Block block = Block.zeroed(BYTES);
        assertFalse(block.layOnHugePages());
        block.close();
        assertFalse(block.layOnHugePages());
    }

    @Test
    void shouldBeFreedOnce() {
        long before = Block.liveBytes();
        Block block = new Block(BYTES);
        assertEquals(before + BYTES, Block.liveBytes());
        block.close();
        block.close();
        assertFalse(block.segment().scope().isAlive());
        assertEquals(before, Block.liveBytes());
    }

    @Test
    void shouldHoldNaNUntilSomebodyWrites() {
        requireGuards();
        try (Block block = new Block(BYTES)) {
            assertFullOfNaN(block);
            Zeros.fill(block.segment(), 0, BYTES);
            block.forget();
            assertFullOfNaN(block);
        }
    }

    private static void assertFullOfNaN(Block block) {
        for (int i = 0; i < BYTES / Float.BYTES; i++) {
            assertTrue(Float.isNaN(block.segment().getAtIndex(ValueLayout.JAVA_FLOAT, i)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-4, -64, -4096})
    void shouldNoticeWhatIsWrittenBefore(long offset) {
        checkNoticed(offset, "block of 192 bytes from io.lanewise.memory.BlockTest", "side=before, offset=" + offset);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 60, 4092})
    void shouldNoticeWhatIsWrittenAfter(long offset) {
        checkNoticed(BYTES + offset, "block of 192 bytes from io.lanewise.memory.BlockTest",
                "side=after, offset=" + offset + ", bits=3f800000");
    }

    private static void checkNoticed(long offset, String... words) {
        requireGuards();
        Block block = new Block(BYTES);
        AddressSpace.ALL.set(ValueLayout.JAVA_FLOAT_UNALIGNED, block.segment().address() + offset, 1);
        AssertionError onDemand = assertThrows(AssertionError.class, Block::checkGuards);
        AssertionError atClose = assertThrows(AssertionError.class, block::close);
        for (String word : words) {
            assertTrue(onDemand.getMessage().contains(word), onDemand.getMessage());
            assertTrue(atClose.getMessage().contains(word), atClose.getMessage());
        }
        assertFalse(block.segment().scope().isAlive());
        Block.checkGuards();
    }

    private static void requireGuards() {
        assumeTrue(GuardZones.ON, "run with " + GuardZones.PROPERTY + "=true");
    }
}
