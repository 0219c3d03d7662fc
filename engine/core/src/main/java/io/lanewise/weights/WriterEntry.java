package io.lanewise.weights;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Holds a tensor that waits to be written.
 *
 * @param bytes how many the elements take
 * @param data  returns the elements, row-major, when they are written; not owned
 * @param order the byte order of the data
 */
record WriterEntry(String name, TensorType type, List<Long> shape, long bytes, Supplier<MemorySegment> data,
        ByteOrder order) {
    /** The reference writer's order: type, then name by its UTF-8 bytes, which String.compareTo would not give. */
    static final Comparator<WriterEntry> FILE_ORDER = Comparator.comparing(WriterEntry::type)
            .thenComparing(entry -> entry.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
}
