package io.lanewise.kernels;

/** What is applied to a linear layer's result as it is stored. NaN stays NaN, as in PyTorch; −∞ and ∞ go where their neighbours go. */
public enum Activation {
    /** The result as it is. */
    NONE {
        @Override
        public double apply(double x) {
            return x;
        }
    },
    /** {@code max(x, 0)}. */
    RELU {
        @Override
        public double apply(double x) {
            return Math.max(x, 0);
        }
    },
    /** {@code x · Φ(x)}, with the normal distribution itself, {@code Φ(x) = ½(1 + erf(x / √2))}. */
    GELU {
        @Override
        public double apply(double x) {
            return x == Double.NEGATIVE_INFINITY ? -0.0 : x * NormalDistribution.below(x);
        }
    },
    /** {@code ½x · (1 + tanh(√(2/π)(x + 0.044715x³)))}, which is {@code x · σ(2√(2/π)(x + 0.044715x³))}. */
    GELU_TANH {
        @Override
        public double apply(double x) {
            return weighed(x, 2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x));
        }
    },
    /** {@link #GELU}, and 10 where that is more; it is nowhere below −10. */
    GELU_10 {
        @Override
        public double apply(double x) {
            return Math.min(GELU.apply(x), 10);
        }
    },
    /** {@code x · σ(1.702x)}. */
    QUICK_GELU {
        @Override
        public double apply(double x) {
            return weighed(x, 1.702 * x);
        }
    },
    /** {@code x · σ(x)}, also named swish. */
    SILU {
        @Override
        public double apply(double x) {
            return weighed(x, x);
        }
    },
    /** {@code x · tanh(ln(1 + eˣ))}. */
    MISH {
        @Override
        public double apply(double x) {
            double power = Math.exp(Math.min(x, 100)); // 1 from there on
            double more = power * (power + 2);
            return x == Double.NEGATIVE_INFINITY ? -0.0 : x * (more / (more + 2));
        }
    },
    /** {@code tanh(x)}. */
    TANH {
        @Override
        public double apply(double x) {
            return Math.tanh(x);
        }
    },
    /** {@code σ(x) = 1 / (1 + e⁻ˣ)}; makes ½ of an unused 0, as no other does. */
    SIGMOID {
        @Override
        public double apply(double x) {
            return 1 / (1 + Math.exp(-x));
        }
    },
    /** {@code ln(1 + max(x, 0))}. */
    LOG1P_RELU {
        @Override
        public double apply(double x) {
            return Math.log1p(Math.max(x, 0));
        }
    };

    /** Returns the value at {@code x} to nearly the last digit of a double: what kernels are held to. */
    public abstract double apply(double x);

    /** Returns {@code x · σ(z)}, which to −∞ goes to 0. */
    private static double weighed(double x, double z) {
        return x == Double.NEGATIVE_INFINITY ? -0.0 : x / (1 + Math.exp(-z));
    }
}
