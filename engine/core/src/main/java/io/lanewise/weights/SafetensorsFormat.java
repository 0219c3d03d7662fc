package io.lanewise.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

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

    private static final int MAX_NESTING = 8;
    private static final int MAX_NUMBER_LENGTH = 100;

    /**
     * Reads and writes header JSON. Field names are not kept in the parser's shared symbol table, which is global and
     * which crafted names can make collide; buffers are not pooled, so that no thread keeps those of a large header.
     */
    static final JsonFactory JSON = JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(readConstraints()).enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE).recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build();

    private SafetensorsFormat() {}

    /** Tells whether text can be encoded: JSON escapes can smuggle in half of a surrogate pair. */
    static boolean isUnicode(final String text) {
        return text.codePoints().noneMatch(character -> Character.getType(character) == Character.SURROGATE);
    }

    private static StreamReadConstraints readConstraints() {
        return StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).maxNumberLength(MAX_NUMBER_LENGTH)
                .maxNameLength(MAX_NAME_LENGTH).maxStringLength(MAX_HEADER_BYTES).build();
    }
}
