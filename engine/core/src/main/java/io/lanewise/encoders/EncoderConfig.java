package io.lanewise.encoders;

import java.util.Map;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.kernels.Activation;

/**
 * The settings of an encoder, as {@code config.json} has them; what the file leaves out is what the model's class has by default.
 * Immutable.
 *
 * <p>Every getter throws {@link LanewiseException} for a value that is missing or not legal.
 */
public final class EncoderConfig {

    /** More than any encoder has. A file of a few bytes can claim anything, and tables are made on its word. */
    private static final int MOST = 1 << 17;

    private static final Map<String, Activation> ACTIVATIONS = Map.ofEntries(Map.entry("gelu", Activation.GELU),
            Map.entry("gelu_python", Activation.GELU), Map.entry("gelu_new", Activation.GELU_TANH),
            Map.entry("gelu_pytorch_tanh", Activation.GELU_TANH), Map.entry("gelu_fast", Activation.GELU_TANH),
            Map.entry("gelu_10", Activation.GELU_10), Map.entry("quick_gelu", Activation.QUICK_GELU),
            Map.entry("relu", Activation.RELU), Map.entry("silu", Activation.SILU),
            Map.entry("swish", Activation.SILU), Map.entry("mish", Activation.MISH),
            Map.entry("tanh", Activation.TANH));

    private final Json json;

    /** Reads settings from an object. */
    public EncoderConfig(Json json) {
        json.members();
        this.json = json;
    }

    /** Returns the settings as they stand in the file. */
    public Json json() {
        return json;
    }

    /** Says whether a setting is there and not null. */
    public boolean has(String name) {
        return json.has(name);
    }

    /** Returns a size from 1 to 2¹⁷; the default where the file has none. */
    public int size(String name, int absent) {
        return size(name, absent, MOST);
    }

    /** Returns a size from 1 to some largest one; the default where the file has none. */
    public int size(String name, int absent, int most) {
        int size = json.has(name) ? json.get(name).count() : absent;
        if (size < 1 || size > most) {
            throw new LanewiseException("%s must be from 1 to %d: %s=%d".formatted(name, most, name, size));
        }
        return size;
    }

    /** Returns a size that may be 0. */
    public int sizeOrZero(String name, int absent) {
        return json.has(name) && json.get(name).count() == 0
                ? 0
                : absent == 0 && !json.has(name) ? 0 : size(name, absent);
    }

    /** Returns a number above 0. */
    public double positive(String name, double absent) {
        double value = json.has(name) ? json.get(name).number() : absent;
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new LanewiseException("%s must be above 0: %s=%s".formatted(name, name, value));
        }
        return value;
    }

    /** Returns true or false. */
    public boolean flag(String name, boolean absent) {
        return json.bool(name, absent);
    }

    /** Returns a text; null where the file has none. */
    public String text(String name, String absent) {
        return json.has(name) ? json.get(name).text() : absent;
    }

    /** Returns a function of each element. */
    public Activation activation(String name, String absent) {
        Activation activation = ACTIVATIONS.get(text(name, absent));
        if (activation == null) {
            throw json.optional(name).unknown(ACTIVATIONS.keySet().stream().sorted().toList());
        }
        return activation;
    }

    /** Refuses a setting unless it has the one value that is known here. */
    public void require(String name, boolean known) {
        if (flag(name, known) != known) {
            throw new LanewiseException("%s must be %b: %s=%b".formatted(name, known, name, !known));
        }
    }

    /** Returns the heads, which must divide the features. */
    public int heads(String name, int absent, int features) {
        int heads = size(name, absent);
        if (features % heads != 0) {
            throw new LanewiseException(
                    "heads must divide the features: %s=%d, features=%d".formatted(name, heads, features));
        }
        return heads;
    }
}
