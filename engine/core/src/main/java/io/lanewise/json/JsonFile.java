package io.lanewise.json;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.lanewise.LanewiseException;

import static io.lanewise.LanewiseException.quote;
import static io.lanewise.LanewiseException.shorten;

/**
 * Reads a JSON file into {@link Json} values. A file is hostile: its bytes must be UTF-8, its strings whole characters, no
 * member comes twice (in a vocabulary the last one counts, as in the reference), and nesting has an end.
 */
public final class JsonFile {

    private static final int MOST_NESTING = 64;
    private static final int MOST_STRING = 64 << 20;
    private static final int MOST_NAME = 50_000;
    private static final int REASON_CHARACTERS = 160;

    /** How the reader starts to say that a text is no JSON. */
    private static final String LENIENT = "Use JsonReader.setStrictness(Strictness.LENIENT) to accept malformed JSON";

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Where a value is read as {@link Entries}. */
    private static final Set<String> LARGE = Set.of("$.model.vocab", "$.model.merges");

    private final JsonReader reader;
    private final Set<String> large;

    private JsonFile(JsonReader reader, Set<String> large) {
        this.reader = reader;
        this.large = large;
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(MOST_NESTING);
    }

    /**
     * Reads a tokenizer's file.
     *
     * @throws LanewiseException if it cannot be read or is not JSON
     */
    public static Json tokenizer(Path file) {
        return read(file, LARGE);
    }

    /**
     * Reads a tokenizer's file from a stream, which is closed; otherwise as {@link #tokenizer(Path)}.
     *
     * @param origin where it came from, for messages
     */
    public static Json tokenizer(InputStream in, String origin) {
        return read(() -> in, origin, LARGE);
    }

    /** Reads a file that is a vocabulary as a whole: one object of strings and numbers; otherwise as {@link #tokenizer}. */
    public static Json vocabulary(Path file) {
        return read(file, Set.of("$"));
    }

    /** Reads a small file; otherwise as {@link #tokenizer}. */
    public static Json settings(Path file) {
        return read(file, Set.of());
    }

    /**
     * Reads a value that stands on a line of its own.
     *
     * @throws LanewiseException if it is not JSON
     */
    public static Json line(String json) {
        try (Reader text = new StringReader(json)) {
            return document(text, Set.of());
        } catch (MalformedJsonException | EOFException e) {
            throw new LanewiseException(shorten(reason(e), REASON_CHARACTERS), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string is read
        }
    }

    /**
     * Says in a reader's words, less its advice to be lenient, what is wrong with a JSON text, and where.
     *
     * @param malformed what the reader threw
     */
    public static String reason(IOException malformed) {
        String line = String.valueOf(malformed.getMessage()).lines().findFirst().orElse("");
        return line.startsWith(LENIENT) ? "malformed" + line.substring(LENIENT.length()) : line;
    }

    /** Opens a file. */
    @FunctionalInterface
    private interface Opening {
        InputStream open() throws IOException;
    }

    private static Json read(Path file, Set<String> large) {
        return read(() -> Files.newInputStream(file), file.toString(), large);
    }

    private static Json read(Opening opening, String file, Set<String> large) {
        try (InputStream in = opening.open();
                Reader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))) {
            return document(text, large);
        } catch (CharacterCodingException e) {
            throw new LanewiseException("file must be UTF-8: file=" + file, e);
        } catch (MalformedJsonException | EOFException e) {
            throw new LanewiseException(
                    "file must be JSON: " + shorten(reason(e), REASON_CHARACTERS) + ", file=" + file, e);
        } catch (IOException e) {
            throw new LanewiseException("file must be readable: file=" + file, e);
        } catch (LanewiseException e) {
            throw new LanewiseException(e.getMessage() + ", file=" + file, e);
        }
    }

    private static Json document(Reader text, Set<String> large) throws IOException {
        text.mark(1);
        if (text.read() == BYTE_ORDER_MARK) { // which the reader would pass over
            throw new LanewiseException("a JSON text must not start with a byte order mark");
        }
        text.reset();
        JsonFile file = new JsonFile(new JsonReader(text), large);
        Json root = new Json("$", null);
        root.fill(file.value(root));
        file.requireEnd();
        return root;
    }

    private void requireEnd() throws IOException {
        try {
            reader.peek(); // which refuses whatever is not the end
        } catch (MalformedJsonException more) {
            throw new LanewiseException("nothing may follow the JSON value", more);
        }
    }

    private Object value(Json at) throws IOException {
        JsonToken token = reader.peek();
        if (token == JsonToken.BEGIN_OBJECT) {
            return isLarge(at) ? namedEntries(at) : object(at);
        } else if (token == JsonToken.BEGIN_ARRAY) {
            return isLarge(at) ? listedEntries(at) : array(at);
        } else if (token == JsonToken.STRING) {
            return whole(at, reader.nextString());
        } else if (token == JsonToken.NUMBER) {
            return number(reader.nextString());
        } else if (token == JsonToken.BOOLEAN) {
            return reader.nextBoolean();
        }
        reader.nextNull();
        return null;
    }

    /** Returns a whole number as {@link Long} where it is one, another as {@link Double}. */
    private static Object number(String text) {
        if (isWhole(text)) {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException tooLarge) {
                return Double.valueOf(text);
            }
        }
        return Double.valueOf(text);
    }

    private static boolean isWhole(String number) {
        return number.indexOf('.') < 0 && number.indexOf('e') < 0 && number.indexOf('E') < 0;
    }

    private boolean isLarge(Json at) {
        return at.isNearRoot() && large.contains(at.path());
    }

    private Map<String, Json> object(Json at) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = name(at);
            Json member = new Json(at, name);
            if (members.put(name, member) != null) {
                throw new LanewiseException("a member must come once: " + member.path());
            }
            member.fill(value(member));
        }
        reader.endObject();
        return members;
    }

    private List<Json> array(Json at) throws IOException {
        List<Json> elements = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            Json element = new Json(at, elements.size());
            element.fill(value(element));
            elements.add(element);
        }
        reader.endArray();
        return elements;
    }

    private String name(Json at) throws IOException {
        String name = whole(at, reader.nextName());
        requireShort(at, name, MOST_NAME);
        return name;
    }

    private static void requireShort(Json at, String text, int most) {
        if (text.length() > most) {
            throw new LanewiseException(
                    "a string must not be longer than " + most + ": at=" + at.path() + ", length=" + text.length());
        }
    }

    /** A lone surrogate is no character: an escape can write one all the same. */
    private static String whole(Json at, String text) {
        requireShort(at, text, MOST_STRING);
        if (!Strings.isUnicode(text)) {
            throw new LanewiseException(
                    "a string must be whole characters: " + at.path() + " has half of a surrogate pair");
        }
        return text;
    }

    // ---------------------------------------------------------------- vocabularies and merges

    private Entries namedEntries(Json at) throws IOException {
        Entries entries = new Entries(true, 1);
        reader.beginObject();
        while (reader.hasNext()) {
            String name = name(at);
            entries.add(name, id(at, name));
        }
        reader.endObject();
        return entries;
    }

    private long id(Json at, String name) throws IOException {
        JsonToken token = reader.peek();
        String id = token == JsonToken.NUMBER ? reader.nextString() : token.toString();
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException otherwise) {
            throw new LanewiseException("an id must be a whole number: " + at.path() + "[" + quote(name) + "]="
                    + shorten(id, REASON_CHARACTERS), otherwise);
        }
    }

    /** Reads an array of strings, of pairs of strings, or of strings with a number each. */
    private Entries listedEntries(Json at) throws IOException {
        Entries entries = null;
        reader.beginArray();
        while (reader.hasNext()) {
            if (reader.peek() == JsonToken.STRING) {
                entries = entries == null ? new Entries(false, 1) : entries;
                entry(at, entries, 1).add(whole(at, reader.nextString()), Double.NaN);
            } else {
                entries = pair(at, entries);
            }
        }
        reader.endArray();
        return entries == null ? new Entries(false, 1) : entries;
    }

    private Entries pair(Json at, Entries before) throws IOException {
        require(at, reader.peek() == JsonToken.BEGIN_ARRAY);
        reader.beginArray();
        require(at, reader.peek() == JsonToken.STRING);
        String first = whole(at, reader.nextString());
        JsonToken second = reader.peek();
        boolean strings = second == JsonToken.STRING;
        require(at, strings || second == JsonToken.NUMBER);
        Entries entries = entry(at, before == null ? new Entries(false, strings ? 2 : 1) : before, strings ? 2 : 1);
        if (strings) {
            entries.add(first);
            entries.add(whole(at, reader.nextString()));
        } else {
            entries.add(first, reader.nextDouble());
        }
        require(at, !reader.hasNext());
        reader.endArray();
        return entries;
    }

    private static Entries entry(Json at, Entries entries, int stringsEach) {
        require(at, entries.isPairs() == (stringsEach == 2));
        return entries;
    }

    private static void require(Json at, boolean holds) {
        if (!holds) {
            throw new LanewiseException(
                    "elements must all be strings, all pairs of strings or all pairs of a string and a number: "
                            + at.path());
        }
    }
}
