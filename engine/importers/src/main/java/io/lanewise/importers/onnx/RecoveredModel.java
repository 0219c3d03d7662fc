package io.lanewise.importers.onnx;

import java.util.Map;
import java.util.SequencedMap;

/**
 * What a graph was exported from.
 *
 * @param config the settings, as {@code config.json} has them
 * @param weights by the names that the hub's files have
 * @param pooling how rows become a sentence's vector, named as in {@code 1_Pooling/config.json}; null where the graph does not say
 * @param normalizes whether a sentence's vector is made one of length 1
 * @param isQuantized whether weights were whole numbers
 */
public record RecoveredModel(Map<String, Object> config, SequencedMap<String, RecoveredWeight> weights, String pooling,
        boolean normalizes, boolean isQuantized) {}
