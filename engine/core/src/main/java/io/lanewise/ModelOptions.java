package io.lanewise;

import java.util.HashMap;
import java.util.Map;

/** How a checkpoint is to be read: settings that win over its metadata. Immutable. */
public final class ModelOptions {

    private static final ModelOptions DEFAULTS = new ModelOptions(Map.of());

    private final Map<String, String> settings;

    private ModelOptions(Map<String, String> settings) {
        this.settings = settings;
    }

    /** Returns options that leave everything to the metadata. */
    public static ModelOptions defaults() {
        return DEFAULTS;
    }

    /** Sets the kind of layer, such as {@code co-attention}. */
    public ModelOptions layer(String kind) {
        return setting("layer", kind);
    }

    /** Sets the number of heads. */
    public ModelOptions heads(int heads) {
        return setting("heads", Integer.toString(heads));
    }

    /** Sets any setting of a layer by its metadata name, such as {@code scale} or {@code key_mask}. */
    public ModelOptions setting(String name, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(name, value);
        return new ModelOptions(Map.copyOf(more));
    }

    Map<String, String> settings() {
        return settings;
    }
}
