package io.lanewise.encoders;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Constant;
import io.lanewise.graph.Shape;
import io.lanewise.kernels.BFloat16;
import io.lanewise.weights.Checkpoint;
import io.lanewise.weights.TensorType;

import static io.lanewise.LanewiseException.quote;

/**
 * The weights of an encoder by name. A name is looked for behind the prefix that the file uses, then as it is; layer norms may call
 * their weights {@code gamma} and {@code beta}. What is missing is noted, so that one message names all of it. Not thread-safe.
 */
public final class EncoderWeights {

    private final Checkpoint checkpoint;
    private final List<String> prefixes; // the likeliest first
    private final Map<String, Constant> constants = new HashMap<>(); // by stored name: layers may share a weight
    private final Map<String, String> missing = new LinkedHashMap<>(); // by name, what was looked for

    /**
     * Finds out which prefix a file uses.
     *
     * @param prefixes those that are known, such as {@code bert.}
     * @param probe a weight that every such encoder has
     */
    EncoderWeights(Checkpoint checkpoint, List<String> prefixes, String probe) {
        this.checkpoint = checkpoint;
        Optional<String> used = prefixes.stream().filter(known -> checkpoint.find(known + probe).isPresent())
                .findFirst();
        this.prefixes = used.map(prefix -> Stream.of(prefix, "").distinct().toList()).orElse(prefixes);
    }

    /** Says whether there is a weight of that name. */
    boolean has(String name) {
        return find(name).isPresent();
    }

    /** Returns one of the sizes of a weight's shape. */
    int size(String name, int axis) {
        Checkpoint.Entry entry = find(name).map(checkpoint::find).flatMap(found -> found)
                .orElseThrow(() -> lacking(List.of(tried(name))));
        if (axis >= entry.shape().size() || entry.shape().get(axis) < 1
                || entry.shape().get(axis) > Integer.MAX_VALUE) {
            throw new LanewiseException("weight must have a size from 1 on at axis %d: %s is %s".formatted(axis, name,
                    entry.describe()));
        }
        return entry.shape().get(axis).intValue();
    }

    /** Returns how many rows a weight has; 1 and a note where it is missing. */
    int rows(String name) {
        if (has(name)) {
            return size(name, 0);
        }
        missing.putIfAbsent(name, tried(name));
        return 1;
    }

    /** Returns a number as the type of a weight has it. */
    float rounded(String name, float number) {
        TensorType type = find(name).flatMap(checkpoint::find).map(Checkpoint.Entry::type).orElse(TensorType.F32);
        return switch (type) {
            case F16 -> Float.float16ToFloat(Float.floatToFloat16(number));
            case BF16 -> BFloat16.nearest(number);
            default -> number;
        };
    }

    /** Returns a weight {@code [rows, columns]}. */
    Constant matrix(String name, int rows, int columns) {
        return constant(name, new Shape.Matrix(rows, columns), List.of((long) rows, (long) columns));
    }

    /** Returns a weight {@code [size]}. */
    Constant vector(String name, int size) {
        return constant(name, new Shape.Vector(size), List.of((long) size));
    }

    private Constant constant(String name, Shape shape, List<Long> expected) {
        String stored = find(name).orElse(null);
        if (stored == null) {
            missing.putIfAbsent(name, "%s %s".formatted(tried(name), expected));
            return new Constant(name, shape, new float[0]);
        }
        Checkpoint.Entry entry = checkpoint.find(stored).orElseThrow();
        if (!entry.isFloat() || !entry.shape().equals(expected)) {
            refuseMissing(); // sizes may come of what is missing
            throw new LanewiseException("weight must be F32 (or F16, BF16) %s: %s is %s, in %s".formatted(expected,
                    stored, entry.describe(), checkpoint.origin()));
        }
        return constants.computeIfAbsent(stored, _ -> new Constant(stored, shape, new InCheckpoint(entry)));
    }

    /** The values of a checkpoint's entry. */
    private record InCheckpoint(Checkpoint.Entry entry) implements Constant.Source {
        @Override
        public float[] all() {
            return entry.floats().get();
        }

        @Override
        public boolean isBf16() {
            return entry.type() == TensorType.BF16;
        }

        @Override
        public void unload() {
            entry.copier().unload();
        }

        @Override
        public void copy(long first, int count, MemorySegment to, long toByte) {
            entry.copyFloats(first, count, to, toByte);
        }

        @Override
        public void copyRows(int[] rows, int count, int columns, MemorySegment to, long toByte, long strideBytes) {
            entry.copyRows(rows, count, columns, to, toByte, strideBytes);
        }
    }

    private Optional<String> find(String name) {
        return candidates(name).stream().filter(candidate -> checkpoint.find(candidate).isPresent()).findFirst();
    }

    /** Returns the names under which a weight may be stored, the likeliest first. */
    private List<String> candidates(String name) {
        List<String> candidates = new ArrayList<>();
        for (String spelling : spellings(name)) {
            prefixes.forEach(prefix -> candidates.add(prefix + spelling));
        }
        return candidates;
    }

    private static List<String> spellings(String name) {
        if (name.endsWith("LayerNorm.weight")) {
            return List.of(name, name.substring(0, name.length() - "weight".length()) + "gamma");
        }
        if (name.endsWith("LayerNorm.bias")) {
            return List.of(name, name.substring(0, name.length() - "bias".length()) + "beta");
        }
        return List.of(name);
    }

    private String tried(String name) {
        return String.join(" or ", candidates(name));
    }

    /**
     * Refuses weights that were asked for and are not there, all in one message.
     *
     * @throws LanewiseException if there is one
     */
    void refuseMissing() {
        if (!missing.isEmpty()) {
            throw lacking(missing.values());
        }
    }

    private LanewiseException lacking(Collection<String> names) {
        return new LanewiseException("weights must be there: missing %s, in %s".formatted(String.join("; ", names),
                quote(checkpoint.origin())));
    }
}
