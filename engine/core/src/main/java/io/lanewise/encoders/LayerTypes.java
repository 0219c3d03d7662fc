package io.lanewise.encoders;

import java.util.List;

import io.lanewise.json.Json;

/** The setting of newer files that says of each layer whether its attention is to all tokens or to near ones alone. */
final class LayerTypes {

    private LayerTypes() {}

    /** Says whether a layer's attention is to all tokens. */
    static boolean isFull(EncoderConfig config, int layer) {
        List<Json> types = config.json().get("layer_types").list();
        if (layer >= types.size()) {
            throw config.json().get("layer_types").unknown(List.of("a type for each layer"));
        }
        return switch (types.get(layer).text()) {
            case "full_attention" -> true;
            case "sliding_attention" -> false;
            default -> throw types.get(layer).unknown(List.of("full_attention", "sliding_attention"));
        };
    }
}
