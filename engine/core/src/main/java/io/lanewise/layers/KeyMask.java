package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.Value;

/** The {@code key_mask} setting: whether keys that are padding are left out. */
final class KeyMask {

    static final String PADDING = "padding";
    static final String NONE = "none";

    private KeyMask() {}

    /** Returns the padding of the key's rows, or null where the setting says none. */
    static Value of(LayerScope layer, Value key, String fallback) {
        String mask = layer.config().choice("key_mask", fallback, List.of(PADDING, NONE));
        return mask.equals(PADDING) ? layer.padding(key) : null;
    }
}
