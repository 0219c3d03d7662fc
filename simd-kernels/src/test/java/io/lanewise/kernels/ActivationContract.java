package io.lanewise.kernels;

import java.lang.foreign.Arena;

import io.lanewise.memory.Rows;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

abstract class ActivationContract {

    private static final int WIDTH = 4096;

    /** Bit patterns from one to the next; prime, so that every mantissa bit takes part. */
    private static final int STRIDE = 1_000_003;
    private static final int OWN_STRIDE = 20_011;

    private final Kernels kernels;
    private final int stride;
    private final Rows rows = new Rows(Arena.ofAuto().allocate(WIDTH * Float.BYTES, 64), 0, 1, WIDTH, WIDTH);
    private final float[] inputs = new float[WIDTH];

    ActivationContract(Kernels kernels, boolean isSlow) {
        this.kernels = kernels;
        this.stride = isSlow ? STRIDE : OWN_STRIDE;
    }

    @Test
    void shouldStayWithinFewUlpEverywhere() {
        for (Activation activation : Activation.values()) {
            Worst worst = new Worst(activation);
            long bits = Integer.MIN_VALUE;
            while (bits <= Integer.MAX_VALUE) {
                for (int i = 0; i < WIDTH; i++, bits += stride) {
                    inputs[i] = Float.intBitsToFloat((int) Math.min(bits, Integer.MAX_VALUE));
                }
                worst.look();
            }
            worst.check();
        }
    }

    /** Most floats are near 0 or far from it: this looks at where functions bend. */
    @Test
    void shouldStayWithinFewUlpWhereItBends() {
        int count = 1 + 1_500_000_000 / stride / WIDTH;
        for (Activation activation : Activation.values()) {
            Worst worst = new Worst(activation);
            float step = 120f / count / WIDTH;
            for (int n = 0; n < count; n++) {
                for (int i = 0; i < WIDTH; i++) {
                    float x = (n * WIDTH + i) * step; // a third of the points on each of three scales
                    inputs[i] = switch (i % 3) {
                        case 0 -> x - 100;
                        case 1 -> x * 0.13f - 14;
                        default -> x * 0.04f - 2.4f;
                    };
                }
                worst.look();
            }
            worst.check();
        }
    }

    @Test
    void shouldKnowTheSpecialValues() {
        float infinity = Float.POSITIVE_INFINITY;
        for (Activation activation : Activation.values()) {
            float[] special = {Float.NaN, Float.intBitsToFloat(0x7fc12345), Float.intBitsToFloat(0xffffffff), infinity,
                    -infinity, 0, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE};
            System.arraycopy(special, 0, inputs, 0, special.length);
            activate(activation);
            for (int i = 0; i < special.length; i++) {
                float expected = (float) activation.apply(special[i]);
                float delta = Math.abs(expected) < Float.MIN_NORMAL ? Float.MIN_NORMAL : 0;
                assertEquals(expected, rows.get(0, i), delta, activation + "(" + special[i] + ")");
            }
            boolean oneSided = activation != Activation.NONE && activation != Activation.TANH;
            assertEquals(activation == Activation.SIGMOID ? 0.5f : 0, rows.get(0, 5));
            assertTrue(!oneSided || Math.abs(rows.get(0, 4)) == 0, activation + "(−∞)=" + rows.get(0, 4));
        }
    }

    @Test
    void shouldKeepTheSignOfZero() {
        for (Activation activation : new Activation[]{Activation.GELU, Activation.GELU_TANH, Activation.GELU_10,
                Activation.QUICK_GELU, Activation.SILU, Activation.MISH, Activation.TANH}) {
            inputs[0] = -0f;
            inputs[1] = 0f;
            activate(activation);
            assertEquals(Integer.MIN_VALUE, Float.floatToRawIntBits(rows.get(0, 0)), activation + "(−0)");
            assertEquals(0, Float.floatToRawIntBits(rows.get(0, 1)), activation + "(0)");
        }
    }

    private void activate(Activation activation) {
        for (int i = 0; i < WIDTH; i++) {
            rows.set(0, i, inputs[i]);
        }
        kernels.activate(rows, rows, activation);
    }

    /** The largest error so far, and where. */
    private final class Worst {

        private final Activation activation;
        private double error;
        private float at;

        Worst(Activation activation) {
            this.activation = activation;
        }

        void look() {
            activate(activation);
            for (int i = 0; i < WIDTH; i++) {
                double here = ulps(activation.apply(inputs[i]), rows.get(0, i));
                if (!(here <= error)) {
                    error = here;
                    at = inputs[i];
                }
            }
        }

        void check() {
            double most = switch (activation) {
                case NONE, RELU -> 0;
                case GELU, GELU_TANH, GELU_10 -> 2;
                default -> 3;
            };
            assertTrue(error <= most, "error of " + activation + "(" + at + ") in ulp: " + error);
        }

        /** Returns the error in units of the last place; what is below the smallest normal number may be 0. */
        private static double ulps(double exact, float actual) {
            if (Double.isNaN(exact)) {
                return Float.isNaN(actual) ? 0 : Double.POSITIVE_INFINITY;
            }
            if (Math.abs(exact) < Float.MIN_NORMAL && actual == 0) {
                return 0;
            }
            if (Float.isInfinite((float) exact)) {
                return actual == (float) exact ? 0 : Double.POSITIVE_INFINITY;
            }
            return Math.abs(actual - exact) / Math.max(Math.ulp((float) exact), Float.MIN_VALUE);
        }
    }
}
