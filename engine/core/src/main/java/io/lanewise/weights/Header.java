package io.lanewise.weights;

import java.util.Map;

/**
 * Holds a header that passed every check. Immutable.
 *
 * @param metadata the file's own notes, in file order
 * @param tensors  the tensors by name, in offset order
 */
record Header(Map<String, String> metadata, Map<String, TensorInfo> tensors) {}
