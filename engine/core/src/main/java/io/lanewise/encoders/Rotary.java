package io.lanewise.encoders;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Constant;
import io.lanewise.graph.Shape;
import io.lanewise.json.Json;

/**
 * The angles by which rotary positions turn: place times frequency, made in double.
 *
 * @param frequencies one for each pair of a head's features
 */
record Rotary(double[] frequencies) {

    /** More than any encoder takes: a file of a few bytes may claim anything, and angles are made on its word. */
    private static final int MOST_PLACES = 1 << 16;

    private static final Json NONE = Json.emptyObject("$.rope_parameters");

    /** Returns for how many places angles are made: as many as the settings say, but not more than anybody has tokens. */
    static int places(EncoderConfig config, String name, int absent) {
        return Math.min(MOST_PLACES, config.size(name, absent, Integer.MAX_VALUE));
    }

    /** Returns the base of frequencies, which newer files have among the other settings of rotary positions. */
    static double base(EncoderConfig config, double absent) {
        return base(config, "rope_theta", absent, config.has("rope_parameters")
                ? config.json().get("rope_parameters")
                : NONE);
    }

    /**
     * Returns the base of frequencies of one kind of layer, of which newer files have settings each.
     *
     * @param theta what older files call it
     */
    static double base(EncoderConfig config, String kind, String theta, double absent) {
        return base(config, theta, absent, config.has("rope_parameters")
                ? config.json().get("rope_parameters").get(kind)
                : NONE);
    }

    private static double base(EncoderConfig config, String theta, double absent, Json parameters) {
        requireNoScaling(config.json().optional("rope_scaling"));
        EncoderConfig newer = new EncoderConfig(parameters);
        requireNoScaling(parameters);
        return newer.positive("rope_theta", config.positive(theta, absent));
    }

    /** Frequencies {@code base^(−2i/d)} for heads of so many features. */
    static Rotary of(double base, int headDim) {
        if (headDim % 2 != 0) {
            throw new LanewiseException(
                    "heads must have an even number of features to be rotated: features=" + headDim);
        }
        double[] frequencies = new double[headDim / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = Math.pow(base, -2.0 * i / headDim);
        }
        return new Rotary(frequencies);
    }

    /** NTK scaling: a larger base, and all frequencies divided by the same. */
    static Rotary ntk(double base, double factor, int headDim) {
        Rotary scaled = of(base * factor, headDim);
        double divisor = Math.pow(factor, 2.0 / headDim);
        for (int i = 0; i < scaled.frequencies.length; i++) {
            scaled.frequencies[i] /= divisor;
        }
        return scaled;
    }

    /** NTK scaling by parts: frequency {@code i} divided by {@code exp(a·i^b)}, so that the last is divided by the factor. */
    static Rotary ntkMixed(double base, double factor, double b, int headDim) {
        Rotary scaled = of(base, headDim);
        double a = Math.log(factor) / Math.pow(headDim / 2.0, b);
        for (int i = 0; i < scaled.frequencies.length; i++) {
            scaled.frequencies[i] /= Math.exp(a * Math.pow(i + 1, b));
        }
        return scaled;
    }

    /** Refuses a scaling of positions that is not known; none is known as null or as {@code default}. */
    private static void requireNoScaling(Json scaling) {
        if (!scaling.isNull()) {
            String name = scaling.has("rope_type") ? "rope_type" : "type";
            if (scaling.has(name) && !scaling.get(name).text().equals("default")) {
                throw scaling.get(name).unknown(List.of("default"));
            }
        }
    }

    /** Returns cosines, then sines, for each place: {@code [places, d]}. */
    Constant angles(int places) {
        int half = frequencies.length;
        return new Constant("angles", new Shape.Matrix(places, 2 * half), (MadeValues) () -> {
            float[] table = new float[places * 2 * half];
            for (int place = 0; place < places; place++) {
                for (int i = 0; i < half; i++) {
                    double angle = place * frequencies[i];
                    table[place * 2 * half + i] = (float) Math.cos(angle);
                    table[place * 2 * half + half + i] = (float) Math.sin(angle);
                }
            }
            return table;
        });
    }
}
