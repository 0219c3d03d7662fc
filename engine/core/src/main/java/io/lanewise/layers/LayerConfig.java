package io.lanewise.layers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import io.lanewise.LanewiseException;

import static io.lanewise.LanewiseException.shorten;

/**
 * The settings of a layer: a checkpoint's metadata, over which the caller's options win. Immutable.
 *
 * <p>Every getter throws {@link LanewiseException} for a value that is missing or not legal.
 */
public final class LayerConfig {

    /** More than any layer has, and few enough for a row's bytes not to overflow. */
    private static final int MOST = 1 << 24;

    /** A setting may be as long as the file that it comes from; a message shows so much of it. */
    private static final int SHOWN_CHARACTERS = 80;

    private final Map<String, String> settings;

    /** Joins a checkpoint's metadata and the caller's options. */
    public LayerConfig(Map<String, String> metadata, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(metadata);
        all.putAll(options);
        settings = Map.copyOf(all);
    }

    /** Returns a setting that must be there. */
    public String text(String name) {
        String value = settings.get(name);
        if (value == null) {
            throw new LanewiseException("setting must be in the metadata or given as an option: missing " + name);
        }
        return value;
    }

    /** Returns one of the allowed words; the fallback where the setting is absent. */
    public String choice(String name, String fallback, List<String> allowed) {
        return settings.containsKey(name) ? choice(name, allowed) : fallback;
    }

    /** Returns one of the allowed words, which must be there. */
    public String choice(String name, List<String> allowed) {
        String value = text(name);
        if (!allowed.contains(value)) {
            throw new LanewiseException(
                    "%s must be one of %s: %s=%s".formatted(name, String.join(", ", allowed), name, shown(value)));
        }
        return value;
    }

    /** Returns a whole number from 1 to 2²⁴, or nothing where the setting is absent. */
    public OptionalInt count(String name) {
        return settings.containsKey(name) ? OptionalInt.of(requiredCount(name)) : OptionalInt.empty();
    }

    /** Returns a whole number from 1 to 2²⁴ that must be there. */
    public int requiredCount(String name) {
        String value = text(name);
        try {
            int count = Integer.parseInt(value);
            if (count > MOST) {
                throw new LanewiseException("%s must be at most %d: %s=%s".formatted(name, MOST, name, count));
            }
            if (count >= 1) {
                return count;
            }
        } catch (NumberFormatException notANumber) {
            // the message below says it
        }
        throw new LanewiseException(
                "%s must be a whole number of at least 1: %s=%s".formatted(name, name, shown(value)));
    }

    /** Returns a whole number from 0 to 2²⁴, or nothing where the setting is absent. */
    public OptionalInt countFromZero(String name) {
        return "0".equals(settings.get(name)) ? OptionalInt.of(0) : count(name);
    }

    /** Checks a number that the weights tell against a setting, where it is there. */
    public void confirm(String name, int found) {
        countFromZero(name).ifPresent(said -> {
            if (said != found) {
                throw new LanewiseException(
                        "%s must match the weights: %s=%d, found=%d".formatted(name, name, said, found));
            }
        });
    }

    /** Checks a word that the weights tell against a setting, where it is there. */
    public void confirm(String name, String found) {
        String said = settings.getOrDefault(name, found);
        if (!said.equals(found)) {
            throw new LanewiseException(
                    "%s must match the weights: %s=%s, found=%s".formatted(name, name, shown(said), found));
        }
    }

    /** Returns a setting, or the fallback where it is absent. */
    public String text(String name, String fallback) {
        return settings.getOrDefault(name, fallback);
    }

    /** Returns a finite number that must be there. */
    public double number(String name) {
        String value = text(name);
        try {
            double number = Double.parseDouble(value);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // the message below says it
        }
        throw new LanewiseException("%s must be a finite number: %s=%s".formatted(name, name, shown(value)));
    }

    private static String shown(String value) {
        return shorten(value, SHOWN_CHARACTERS);
    }
}
