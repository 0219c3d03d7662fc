package io.lanewise.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.lanewise.LanewiseException;

import static io.lanewise.LanewiseException.quote;
import static io.lanewise.LanewiseException.shorten;

/**
 * A value of a JSON file, and where it stands: what asks for something that is not there, or of another kind, is told the path.
 * The path is only written when somebody asks: those of all values of a deep file would be many times the file.
 */
public final class Json {

    private static final int NAME_CHARACTERS = 160;
    private static final int LIST_CHARACTERS = 400;

    private final Json parent; // null at the root
    private final Object step; // a name in the parent, or a place in it; at the root, the path
    private Object value; // set once, before anybody else sees it

    /**
     * Makes a value.
     *
     * @param path from the root, such as {@code $.model.unk_token}
     * @param value a {@code Map<String, Json>}, a {@code List<Json>}, a string, a {@code Long}, a {@code Double}, a
     *        {@code Boolean}, {@link Entries}, or null
     */
    public Json(String path, Object value) {
        this.parent = null;
        this.step = path;
        this.value = value;
    }

    /** Makes a member or an element of another value, null until it is {@link #fill filled}. */
    Json(Json parent, Object step) {
        this.parent = parent;
        this.step = step;
    }

    void fill(Object read) {
        value = read;
    }

    /** Returns an object without any member. */
    public static Json emptyObject(String path) {
        return new Json(path, new LinkedHashMap<String, Json>());
    }

    /** Returns where the value stands. */
    public String path() {
        if (parent == null) {
            return (String) step;
        }
        return step instanceof String name
                ? parent.path() + "." + shorten(name, NAME_CHARACTERS)
                : parent.path() + "[" + step + "]";
    }

    /** Says whether the value is the root, or a member of it or of one of its members. */
    boolean isNearRoot() {
        return parent == null || step instanceof String && (parent.parent == null || parent.parent.parent == null);
    }

    /** Returns the value. */
    public Object value() {
        return value;
    }

    @Override
    public String toString() {
        return path() + "=" + value;
    }

    // ---------------------------------------------------------------- kinds

    /** Says whether the value is null. */
    public boolean isNull() {
        return value == null;
    }

    /** Says whether the value is a string. */
    public boolean isText() {
        return value instanceof String;
    }

    /** Says whether the value is an object. */
    public boolean isObject() {
        return value instanceof Map;
    }

    /** Returns the string. */
    public String text() {
        return value instanceof String text ? text : this.<String>refuse("a string");
    }

    /** Returns true or false. */
    public boolean bool() {
        return value instanceof Boolean bool ? bool : this.<Boolean>refuse("true or false");
    }

    /** Returns a whole number from 0 to {@link Integer#MAX_VALUE}. */
    public int count() {
        boolean fits = value instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE;
        return fits ? ((Long) value).intValue() : this.<Integer>refuse("a whole number, not negative");
    }

    /** Returns a number. */
    public double number() {
        return value instanceof Number number ? number.doubleValue() : this.<Double>refuse("a number");
    }

    /** Returns the string's only code point. */
    public int codePoint() {
        boolean single = value instanceof String text && text.codePointCount(0, text.length()) == 1;
        return single ? ((String) value).codePointAt(0) : this.<Integer>refuse("one character");
    }

    /** Returns the elements. */
    @SuppressWarnings("unchecked") // the reader makes no other lists
    public List<Json> list() {
        return value instanceof List ? (List<Json>) value : this.<List<Json>>refuse("an array");
    }

    /** Returns the members. */
    @SuppressWarnings("unchecked") // the reader makes no other maps
    public Map<String, Json> members() {
        return value instanceof Map ? (Map<String, Json>) value : this.<Map<String, Json>>refuse("an object");
    }

    /** Returns many strings, with or without numbers. */
    public Entries entries() {
        return value instanceof Entries entries ? entries : this.<Entries>refuse("an object or an array of entries");
    }

    private <T> T refuse(String expected) {
        throw new LanewiseException("%s must be %s: found %s".formatted(path(), expected, describe()));
    }

    private String describe() {
        return switch (value) {
            case null -> "null";
            case String text -> quote(text);
            case Map<?, ?> _ -> "an object";
            case List<?> _ -> "an array";
            case Entries _ -> "entries";
            default -> value.toString();
        };
    }

    // ---------------------------------------------------------------- members

    /** Says whether there is a member of that name other than null. */
    public boolean has(String name) {
        Json member = members().get(name);
        return member != null && !member.isNull();
    }

    /** Returns a member, or a null value where there is none. */
    public Json optional(String name) {
        Json member = members().get(name);
        return member == null ? new Json(this, name) : member;
    }

    /** Returns a member that must be there. */
    public Json get(String name) {
        Json member = members().get(name);
        if (member == null) {
            throw new LanewiseException("%s must have a member %s: found %s".formatted(path(), name,
                    shorten(new TreeSet<>(members().keySet()).toString(), LIST_CHARACTERS)));
        }
        return member;
    }

    /** Returns true or false, or what stands for a member that is not there. */
    public boolean bool(String name, boolean absent) {
        return has(name) ? get(name).bool() : absent;
    }

    /** Returns a string, or null where there is none or null. */
    public String textOrNull(String name) {
        return has(name) ? get(name).text() : null;
    }

    /** Refuses members of other names. */
    public void requireKnown(Set<String> names) {
        for (String name : members().keySet()) {
            if (!names.contains(name)) {
                throw new LanewiseException("%s has no such member: %s, known are %s".formatted(path(), quote(name),
                        new TreeSet<>(names)));
            }
        }
    }

    /** Refuses a type, a spelling or an option that nobody knows. */
    public LanewiseException unknown(Iterable<String> known) {
        return new LanewiseException("%s must be one of %s: found %s".formatted(path(), known, describe()));
    }
}
