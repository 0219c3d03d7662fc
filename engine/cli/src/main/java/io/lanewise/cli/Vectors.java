package io.lanewise.cli;

/** Compares vectors, in double: there are but two at a time. */
final class Vectors {

    private Vectors() {}

    /** Returns the cosine of the angle between two vectors; 0 where one has no direction. */
    static double cosine(float[] one, float[] other) {
        double product = 0;
        double squares = 0;
        double others = 0;
        for (int i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            squares += (double) one[i] * one[i];
            others += (double) other[i] * other[i];
        }
        return squares == 0 || others == 0 ? 0 : product / Math.sqrt(squares * others);
    }
}
