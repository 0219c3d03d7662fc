package io.lanewise.kernels;

import java.lang.reflect.Proxy;

import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.kernels.simd.SimdKernels;
import io.lanewise.memory.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

@Isolated("counts the JVM's memory")
class KernelTrialsTest {

    /** SIMD kernels of any width, of emulated vectors, too; and the twins where those are asked for. */
    private static final Kernels KERNELS = "0".equals(System.getProperty(KernelChoice.BITS_PROPERTY))
            ? KernelChoice.best()
            : new SimdKernels();

    /** Each operand is a block of its own: where blocks have guard zones, they are checked after every call. */
    @Test
    void shouldStayWithinTheirMemory() {
        for (KernelForm form : KernelForm.values()) {
            try (KernelTrials operands = KernelTrials.of(KERNELS, form)) {
                KernelTrial trial = operands.trial();
                for (int part = 0; part < trial.parts(); part++) {
                    trial.call(part);
                    Block.checkGuards();
                    assertFalse(Float.isNaN(trial.result().get(0, 0)), form + ": part=" + part);
                    trial.round(part);
                    Block.checkGuards();
                }
            }
        }
    }

    /** Likewise for calls of some sizes: the smallest, those of several tiles, a product of whole panels. */
    @Test
    void shouldStayWithinTheirMemoryForCallsOfASize() {
        for (KernelForm form : KernelForm.values()) {
            for (int rows = 1; rows < 20 && form.hasSizes(); rows += 3) {
                for (int columns = 1; columns < 4; columns++) {
                    stayWithinMemory(size(form, rows, columns));
                }
            }
        }
    }

    private static CallSize size(KernelForm form, int rows, int columns) {
        return switch (form) {
            case ROW_SCORES, DEEP_ROW_SCORES -> new CallSize(form, rows, 13 * columns);
            case ROW_CONTEXT -> new CallSize(form, rows, KERNELS.lanes() * columns);
            case ROW_CONTEXT_OF_32 -> new CallSize(form, rows, 32);
            case ROW_CONTEXT_OF_64 -> new CallSize(form, rows, 64 * columns);
            default -> new CallSize(form, rows, KERNELS.panel() * columns);
        };
    }

    private static void stayWithinMemory(CallSize size) {
        try (KernelTrials operands = KernelTrials.of(KERNELS, size)) {
            operands.trial().round(0);
            Block.checkGuards();
            assertFalse(Float.isNaN(operands.trial().result().get(0, 0)), size.toString());
        }
    }

    @Test
    void shouldLeaveNoMemoryBehindWhenAnOperandIsNotToBeHad() {
        long before = Block.liveBytes();
        assertThrows(IllegalArgumentException.class,
                () -> KernelTrials.of(withPanel(Integer.MIN_VALUE / 4), KernelForm.MATMUL)); // after the operand of rows
        assertEquals(before, Block.liveBytes());
    }

    private static Kernels withPanel(int panel) {
        return (Kernels) Proxy.newProxyInstance(Kernels.class.getClassLoader(), new Class<?>[]{Kernels.class},
                (_, method, arguments) -> method.getName().equals("panel") ? panel : method.invoke(KERNELS, arguments));
    }
}
