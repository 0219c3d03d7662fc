package io.lanewise.weights;

/**
 * Holds what reader and writer must agree on.
 *
 * <pre>
 *   0         8                    8 + n                       end of file
 *   | n : u64 | header: JSON, spaces | data of all tensors, no gaps |
 * </pre>
 *
 * All numbers are little endian; offsets in the header count from the end of the header.
 */
final class SafetensorsFormat {
    static final int LENGTH_BYTES = 8;
    static final int HEADER_ALIGNMENT = 8;
    static final int MAX_HEADER_BYTES = 100_000_000;

    /** NumPy's limit and PyTorch's; the format has none, but a shape of a million ones is no tensor. */
    static final int MAX_RANK = 64;
    static final int MAX_NAME_LENGTH = 50_000;

    static final String METADATA = "__metadata__";
    static final String TYPE = "dtype";
    static final String SHAPE = "shape";
    static final String OFFSETS = "data_offsets";

    private SafetensorsFormat() {}
}
