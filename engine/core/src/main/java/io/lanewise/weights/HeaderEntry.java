package io.lanewise.weights;

import java.util.List;

/**
 * Holds what a header claims about one tensor: right types, nothing else checked.
 *
 * @param begin first byte of the data, counted from the end of the header
 * @param end   one past the last byte
 */
record HeaderEntry(String name, TensorType type, List<Long> shape, long begin, long end) {}
