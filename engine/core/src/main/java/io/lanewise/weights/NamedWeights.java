package io.lanewise.weights;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.lanewise.LanewiseException;

/**
 * A checkpoint whose weights are named one by one: each is checked as it is named, and what nobody has named is refused in the
 * end. Not thread-safe.
 */
public final class NamedWeights {

    /** A name may be as long as the file that it comes from; a message shows so much of it. */
    private static final int SHOWN_CHARACTERS = 80;

    private final Checkpoint checkpoint;
    private final Set<String> named = new HashSet<>();
    private final Set<String> read = new HashSet<>();
    private Predicate<String> tolerated = _ -> false;

    /** Starts with no weight named. */
    public NamedWeights(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    /** Says whether there is a weight of that name; asking does not name it. */
    public boolean has(String name) {
        return checkpoint.find(name).isPresent();
    }

    /** Names a weight that may be there and is not needed. */
    public void ignore(String name) {
        named.add(name);
    }

    /** Tolerates weights that nobody reads, whatever their shape, if their names are such. */
    public void tolerate(Predicate<String> names) {
        tolerated = names;
    }

    /** Returns the names of the weights that nobody has read, in their order. */
    public List<String> unread() {
        return checkpoint.names().stream().filter(name -> !read.contains(name)).toList();
    }

    /** Says whether there is a weight of floats of that name and shape; asking does not name it. */
    public boolean has(String name, List<Long> shape) {
        return checkpoint.find(name).filter(entry -> entry.isFloat() && entry.shape().equals(shape)).isPresent();
    }

    /**
     * Counts the parts {@code start0}, {@code start1}, … by the highest that is there, whatever follows the number; in one pass.
     *
     * @param most no number of more digits is looked at
     */
    public int highest(String start, int most) {
        int highest = -1;
        for (String name : checkpoint.names()) {
            if (name.startsWith(start)) {
                int end = start.length();
                while (end < name.length() && Character.isDigit(name.charAt(end)) && end - start.length() < most) {
                    end++;
                }
                if (end > start.length()) {
                    highest = Math.max(highest, Integer.parseInt(name.substring(start.length(), end)));
                }
            }
        }
        return highest + 1;
    }

    /**
     * Names a weight and reads its values, row-major.
     *
     * @param shape as it should be stored
     * @param alsoLegal another shape in which it may be stored
     * @throws LanewiseException if it is missing, or not of floats, or of another shape
     */
    public float[] floats(String name, List<Long> shape, List<Long> alsoLegal) {
        Checkpoint.Entry entry = require(name, TensorType.F32 + " " + shape);
        if (!entry.isFloat() || !(entry.shape().equals(shape) || entry.shape().equals(alsoLegal))) {
            throw new LanewiseException(
                    "weight must be F32 (or F16, BF16) %s: %s is %s".formatted(shape, name, entry.describe()));
        }
        named.add(name);
        read.add(name);
        return entry.floats().get();
    }

    /**
     * Returns one size of a matrix's shape.
     *
     * @throws LanewiseException if the weight is missing, or has no such axis
     */
    public int size(String name, int axis) {
        Checkpoint.Entry entry = require(name, "a matrix");
        if (axis >= entry.shape().size() || entry.shape().get(axis) < 1
                || entry.shape().get(axis) > Integer.MAX_VALUE) {
            throw new LanewiseException("weight must be a matrix: " + name + " is " + entry.describe());
        }
        return entry.shape().get(axis).intValue();
    }

    /**
     * Counts the parts {@code list.0}, {@code list.1}, … that have a weight, up to the first that has none; in one pass: the
     * weights may be very many.
     */
    public int parts(String list) {
        String start = list + ".";
        Set<String> numbers = new HashSet<>();
        for (String name : checkpoint.names()) {
            int end = name.indexOf('.', start.length());
            if (name.startsWith(start) && end >= 0) {
                numbers.add(name.substring(start.length(), end));
            }
        }
        int parts = 0;
        while (numbers.contains(Integer.toString(parts))) {
            parts++;
        }
        return parts;
    }

    /**
     * Refuses weights that nobody has named.
     *
     * @param reader whose weights these should be, for the message
     * @throws LanewiseException if there is one
     */
    public void refuseLeftovers(String reader) {
        for (String name : checkpoint.names()) {
            if (!named.contains(name) && !tolerated.test(name)) {
                throw new LanewiseException(
                        "%s has no weight of this name: %s is %s, in %s".formatted(reader,
                                LanewiseException.shorten(name, SHOWN_CHARACTERS),
                                checkpoint.find(name).orElseThrow().describe(), checkpoint.origin()));
            }
        }
    }

    private Checkpoint.Entry require(String name, String expected) {
        return checkpoint.find(name).orElseThrow(() -> new LanewiseException(
                "weight must be there: missing %s, expected %s, in %s".formatted(name, expected,
                        checkpoint.origin())));
    }
}
