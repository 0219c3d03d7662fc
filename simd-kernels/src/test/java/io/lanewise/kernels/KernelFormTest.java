package io.lanewise.kernels;

import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class KernelFormTest {

    @Test
    void shouldHaveAFormOfEachActivation() {
        for (Activation activation : Activation.values()) {
            assertEquals("ACTIVATE_" + activation, KernelForm.activate(activation).name());
            assertEquals("GATE_" + activation, KernelForm.gate(activation).name());
        }
    }

    @Test
    void shouldHaveOneFormForAllProductsOfStreamedWeights() {
        for (int depth : new int[]{1, SumOrder.BLOCK_DEPTH + 1}) {
            assertEquals(KernelForm.MATMUL_THAT_STREAMS,
                    KernelForm.matMul(new PackedWeight(null, 0, 16, depth, Storage.F32, false, true), false));
            assertEquals(KernelForm.matMul(depth, Storage.F32, true),
                    KernelForm.matMul(new PackedWeight(null, 0, 16, depth, Storage.F32, false, false), true));
            assertEquals(KernelForm.MATMUL_THAT_STREAMS, KernelForm.matMul(depth, Storage.F32, false).streamed());
        }
        assertEquals(KernelForm.FUSED_NORM, KernelForm.FUSED_NORM.streamed());
    }

    @Test
    void shouldHaveOneFormForAllProductsOfANarrowStorage() {
        shouldHaveOneForm(Storage.BF16, KernelForm.MATMUL_OF_BF16);
        shouldHaveOneForm(Storage.INT8, KernelForm.MATMUL_OF_INT8);
    }

    private static void shouldHaveOneForm(Storage storage, KernelForm form) {
        for (int depth : new int[]{1, SumOrder.BLOCK_DEPTH + 1}) {
            for (boolean is : new boolean[]{false, true}) {
                assertEquals(form,
                        KernelForm.matMul(new PackedWeight(null, 0, 16, depth, storage, false, is), !is));
                assertEquals(Set.of(form, KernelForm.ACTIVATE_GELU),
                        KernelForm.matMul(depth, storage, is, Activation.GELU));
            }
        }
        assertEquals(form, form.streamed());
    }

    @Test
    void shouldTellContextsByTheirWidths() {
        assertEquals(KernelForm.ROW_CONTEXT_OF_32, KernelForm.rowContext(32));
        assertEquals(KernelForm.ROW_CONTEXT_OF_64, KernelForm.rowContext(64));
        assertEquals(KernelForm.ROW_CONTEXT_OF_64, KernelForm.rowContext(512));
        for (int width : new int[]{4, 16, 48, 80, 96}) {
            assertEquals(KernelForm.ROW_CONTEXT, KernelForm.rowContext(width));
        }
    }

    @Test
    void shouldTellDeepProductsAndScoresFromOthers() {
        assertEquals(Set.of(KernelForm.MATMUL),
                KernelForm.matMul(SumOrder.BLOCK_DEPTH, Storage.F32, false, Activation.NONE));
        assertEquals(Set.of(KernelForm.MATMUL_THAT_ADDS, KernelForm.ACTIVATE_RELU),
                KernelForm.matMul(SumOrder.BLOCK_DEPTH + 1, Storage.F32, false, Activation.RELU));
        assertEquals(Set.of(KernelForm.MATMUL_THAT_ADDS), KernelForm.matMul(1, Storage.F32, true, Activation.NONE));
        assertEquals(KernelForm.ROW_SCORES, KernelForm.rowScores(SumOrder.CHAINED_DEPTH));
        assertEquals(KernelForm.DEEP_ROW_SCORES, KernelForm.rowScores(SumOrder.CHAINED_DEPTH + 1));
        assertEquals("matmul that adds", KernelForm.MATMUL_THAT_ADDS.label());
    }
}
