package io.lanewise.kernels;

import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.kernels.scalar.ScalarKernels;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs the contracts on the scalar twins. */
@EnabledIfSystemProperty(named = KernelChoice.BITS_PROPERTY, matches = "0")
class ScalarKernelsTest {

    @Nested
    class PackedMatMul extends PackedMatMulContract {
        PackedMatMul() {
            super(new ScalarKernels("a test"));
        }
    }

    @Nested
    class RowScores extends RowScoresContract {
        RowScores() {
            super(new ScalarKernels("a test"));
        }
    }

    @Nested
    class MaskedSoftmax extends MaskedSoftmaxContract {
        MaskedSoftmax() {
            super(new ScalarKernels("a test"));
        }
    }

    @Nested
    class RowContext extends RowContextContract {
        RowContext() {
            super(new ScalarKernels("a test"));
        }
    }

    @Nested
    class FusedNorm extends FusedNormContract {
        FusedNorm() {
            super(new ScalarKernels("a test"));
        }
    }

    @Nested
    class RowArithmetic extends RowArithmeticContract {
        RowArithmetic() {
            super(new ScalarKernels("a test"));
        }
    }

    @Nested
    class Activations extends ActivationContract {
        Activations() {
            super(new ScalarKernels("a test"), true);
        }
    }

    @Nested
    class RmsNorm extends RmsNormContract {
        RmsNorm() {
            super(new ScalarKernels("a test"));
        }
    }

    @Nested
    class Rotation extends RotationContract {
        Rotation() {
            super(new ScalarKernels("a test"));
        }
    }

    @Nested
    class Diagonals extends DiagonalsContract {
        Diagonals() {
            super(new ScalarKernels("a test"));
        }
    }

    @Nested
    class Buckets extends BucketsContract {
        Buckets() {
            super(new ScalarKernels("a test"));
        }
    }

    @Nested
    class RecurrentCells extends RecurrentCellsContract {
        RecurrentCells() {
            super(new ScalarKernels("a test"));
        }
    }

    @Nested
    class RankPool extends RankPoolContract {
        RankPool() {
            super(new ScalarKernels("a test"));
        }
    }
}
