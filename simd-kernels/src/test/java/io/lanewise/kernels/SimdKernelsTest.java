package io.lanewise.kernels;

import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.kernels.simd.SimdKernels;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Runs the contracts at the vector width of this JVM. */
@DisabledIfSystemProperty(named = KernelChoice.BITS_PROPERTY, matches = "0")
class SimdKernelsTest {

    @Nested
    class PackedMatMul extends PackedMatMulContract {
        PackedMatMul() {
            super(new SimdKernels());
        }
    }

    @Nested
    class RowScores extends RowScoresContract {
        RowScores() {
            super(new SimdKernels());
        }
    }

    @Nested
    class MaskedSoftmax extends MaskedSoftmaxContract {
        MaskedSoftmax() {
            super(new SimdKernels());
        }
    }

    @Nested
    class RowContext extends RowContextContract {
        RowContext() {
            super(new SimdKernels());
        }
    }

    @Nested
    class FusedNorm extends FusedNormContract {
        FusedNorm() {
            super(new SimdKernels());
        }
    }

    @Nested
    class RowArithmetic extends RowArithmeticContract {
        RowArithmetic() {
            super(new SimdKernels());
        }
    }

    @Nested
    class Activations extends ActivationContract {
        Activations() {
            super(new SimdKernels(), KernelsUnderTest.isEmulated());
        }
    }

    @Nested
    class RmsNorm extends RmsNormContract {
        RmsNorm() {
            super(new SimdKernels());
        }
    }

    @Nested
    class Rotation extends RotationContract {
        Rotation() {
            super(new SimdKernels());
        }
    }

    @Nested
    class Diagonals extends DiagonalsContract {
        Diagonals() {
            super(new SimdKernels());
        }
    }

    @Nested
    class Buckets extends BucketsContract {
        Buckets() {
            super(new SimdKernels());
        }
    }

    @Nested
    class RecurrentCells extends RecurrentCellsContract {
        RecurrentCells() {
            super(new SimdKernels());
        }
    }

    @Nested
    class RankPool extends RankPoolContract {
        RankPool() {
            super(new SimdKernels());
        }
    }
}
