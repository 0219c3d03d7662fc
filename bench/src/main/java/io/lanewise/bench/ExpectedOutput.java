package io.lanewise.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.DoubleStream;

import io.lanewise.Outputs;

/**
 * What an output should be. Masks are 0 and 1.
 *
 * @param name the output's name
 * @param values the true values, of the first samples of a batch or of all
 * @param allowed the largest error that is still right
 */
public record ExpectedOutput(String name, double[] values, double allowed) {

    /** The error that is always allowed; more only where another float32 implementation errs as well. */
    private static final double ALWAYS_ALLOWED = 2e-6;

    /** Returns an output of numbers; allowed is twice the error of another float32 implementation, or 2e-6. */
    public static ExpectedOutput ofNumbers(String name, double[] truth, double[] inFloat) {
        return new ExpectedOutput(name, truth, Math.max(ALWAYS_ALLOWED, 2 * worst(truth, inFloat)));
    }

    /** Returns an output of numbers; allowed is a fraction of the largest of them. */
    static ExpectedOutput near(String name, double[] values, double allowed) {
        double largest = DoubleStream.of(values).map(Math::abs).max().orElse(0);
        return new ExpectedOutput(name, values, Math.max(ALWAYS_ALLOWED, allowed * largest));
    }

    /** Returns an output of one bit a cell, of which none may differ. */
    public static ExpectedOutput ofBits(String name, boolean[] bits) {
        double[] values = new double[bits.length];
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = bits[cell] ? 1 : 0;
        }
        return new ExpectedOutput(name, values, 0);
    }

    /** Returns an output of whole numbers, of which none may differ. */
    static ExpectedOutput ofWhole(String name, int[] numbers) {
        return new ExpectedOutput(name, Arrays.stream(numbers).asDoubleStream().toArray(), 0);
    }

    /** Returns the largest absolute difference; infinite where only one of the two is a number. */
    private static double worst(double[] expected, double[] actual) {
        double worst = 0;
        for (int cell = 0; cell < expected.length; cell++) {
            double error = Math.abs(expected[cell] - actual[cell]);
            boolean bothNaN = Double.isNaN(expected[cell]) && Double.isNaN(actual[cell]);
            worst = Math.max(worst, bothNaN ? 0 : Double.isNaN(error) ? Double.POSITIVE_INFINITY : error);
        }
        return worst;
    }

    /** Compares the first samples of a run's output, as many as are expected. */
    Deviation deviation(Outputs outputs) {
        double[] actual = outputs.isFloats(name)
                ? firstOf(outputs.floats(name))
                : firstOf(outputs.segment(name), outputs.isWhole(name));
        return new Deviation(worst(values, actual), allowed);
    }

    private double[] firstOf(FloatBuffer floats) {
        double[] first = new double[values.length];
        for (int cell = 0; cell < first.length; cell++) {
            first[cell] = floats.get(cell);
        }
        return first;
    }

    private double[] firstOf(MemorySegment cells, boolean areWhole) {
        double[] first = new double[values.length];
        for (int cell = 0; cell < first.length; cell++) {
            first[cell] = areWhole
                    ? cells.getAtIndex(ValueLayout.JAVA_LONG, cell)
                    : cells.get(ValueLayout.JAVA_BYTE, cell);
        }
        return first;
    }
}
