package io.lanewise.weights;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static io.lanewise.LanewiseException.quote;

/**
 * Checks that tensors, sorted by offset, follow one another without hole or overlap from the first byte of the data to
 * the last, each as long as its shape and type say.
 */
final class LayoutCheck {
    private final Path file;
    private final long dataStart;
    private final long dataBytes;

    LayoutCheck(final Path file, final long dataStart, final long dataBytes) {
        this.file = file;
        this.dataStart = dataStart;
        this.dataBytes = dataBytes;
    }

    /**
     * Places the tensors in the file.
     *
     * @return the tensors by name, in offset order
     * @throws WeightFileException if they do not fill the data exactly
     */
    Map<String, TensorInfo> place(final List<HeaderEntry> entries) {
        final List<HeaderEntry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(HeaderEntry::begin).thenComparingLong(HeaderEntry::end));
        final Map<String, TensorInfo> tensors = LinkedHashMap.newLinkedHashMap(sorted.size());
        long next = 0;
        for (final HeaderEntry entry : sorted) {
            requirePlace(entry, next);
            requireSize(entry);
            next = entry.end();
            tensors.put(entry.name(), placed(entry));
        }
        if (next != dataBytes) {
            throw new WeightFileException("tensors must end where the file ends: file=" + file + ", tensor bytes="
                    + next + ", data bytes=" + dataBytes);
        }
        return tensors;
    }

    private void requirePlace(final HeaderEntry entry, final long next) {
        if (entry.begin() != next || entry.end() < entry.begin()) {
            throw wrong("tensors must follow one another without hole or overlap", entry,
                    offsets(entry) + ", expected start=" + next);
        }
        if (entry.end() > dataBytes) {
            throw wrong("tensor must end within the file", entry, offsets(entry) + ", data bytes=" + dataBytes);
        }
    }

    private void requireSize(final HeaderEntry entry) {
        final long bytes;
        try {
            bytes = entry.type().bytesOf(entry.shape());
        } catch (final ArithmeticException e) {
            throw wrong("shape times type must not overflow 63 bits", entry, described(entry));
        }
        if (bytes != entry.end() - entry.begin()) {
            throw wrong("shape times type must equal the size of the data", entry,
                    described(entry) + ", expected bytes=" + bytes + offsets(entry));
        }
    }

    private TensorInfo placed(final HeaderEntry entry) {
        return new TensorInfo(entry.name(), entry.type(), entry.shape(), dataStart + entry.begin(),
                entry.end() - entry.begin());
    }

    private static String described(final HeaderEntry entry) {
        return ", type=" + entry.type() + ", shape=" + entry.shape();
    }

    private static String offsets(final HeaderEntry entry) {
        return ", data_offsets=[" + entry.begin() + ", " + entry.end() + "]";
    }

    private WeightFileException wrong(final String rule, final HeaderEntry entry, final String details) {
        return new WeightFileException(rule + ": file=" + file + ", tensor=" + quote(entry.name()) + details);
    }
}
