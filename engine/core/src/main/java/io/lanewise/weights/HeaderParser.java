package io.lanewise.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import io.lanewise.json.JsonFile;
import io.lanewise.json.Strings;

import static com.google.gson.stream.JsonToken.BEGIN_ARRAY;
import static com.google.gson.stream.JsonToken.BEGIN_OBJECT;
import static com.google.gson.stream.JsonToken.NUMBER;
import static com.google.gson.stream.JsonToken.STRING;
import static io.lanewise.LanewiseException.quote;
import static io.lanewise.LanewiseException.shorten;
import static io.lanewise.weights.SafetensorsFormat.MAX_NAME_LENGTH;
import static io.lanewise.weights.SafetensorsFormat.MAX_RANK;
import static io.lanewise.weights.SafetensorsFormat.METADATA;
import static io.lanewise.weights.SafetensorsFormat.OFFSETS;
import static io.lanewise.weights.SafetensorsFormat.SHAPE;
import static io.lanewise.weights.SafetensorsFormat.TYPE;

/**
 * Parses one header, and refuses it unless {@link LayoutCheck} finds that its tensors fill the file exactly.
 *
 * <p>It never skips a value that it did not expect, so what it descends into is as deep as a good header is: three.
 */
final class HeaderParser {
    private static final int REASON_CHARACTERS = 160;
    private static final int MAX_NESTING = 8;

    private final Path file;
    private final byte[] header;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<HeaderEntry> entries = new ArrayList<>();

    private HeaderParser(final Path file, final byte[] header) {
        this.file = file;
        this.header = header;
    }

    /**
     * Parses and checks a header.
     *
     * @param file      named in messages only
     * @param header    the header's bytes, without the length before it
     * @param fileBytes the size of the whole file
     * @throws WeightFileException if a rule of the format is broken
     */
    static Header parse(final Path file, final byte[] header, final long fileBytes) {
        final HeaderParser parser = new HeaderParser(file, header);
        parser.requireBraces();
        parser.readJson();
        final long dataStart = SafetensorsFormat.LENGTH_BYTES + (long) header.length;
        final LayoutCheck layout = new LayoutCheck(file, dataStart, fileBytes - dataStart);
        return new Header(parser.metadata, layout.place(parser.entries));
    }

    /** Holds the two rules that a JSON parser is too lenient for: no space in front, nothing but spaces behind. */
    private void requireBraces() {
        if (header.length == 0 || header[0] != '{') {
            throw wrong("header must start with {", "");
        }
        int last = header.length - 1;
        while (header[last] == ' ') {
            last--;
        }
        if (header[last] != '}') {
            throw wrong("header must be one JSON object and nothing but spaces after it", ", byte=" + last);
        }
    }

    /** Decodes strictly: malformed UTF-8 must not pass as other characters. */
    private void readJson() {
        final Reader text = new InputStreamReader(new ByteArrayInputStream(header),
                StandardCharsets.UTF_8.newDecoder());
        try (JsonReader json = new JsonReader(text)) {
            json.setStrictness(Strictness.STRICT);
            json.setNestingLimit(MAX_NESTING);
            readHeader(json);
        } catch (final CharacterCodingException e) {
            throw new WeightFileException("header must be valid UTF-8: file=" + file, e);
        } catch (final IOException e) {
            throw new WeightFileException("header must be valid JSON: file=" + file + ", reason="
                    + shorten(JsonFile.reason(e), REASON_CHARACTERS), e);
        }
    }

    private void readHeader(final JsonReader json) throws IOException {
        final Set<String> names = new HashSet<>();
        json.beginObject();
        while (json.hasNext()) {
            final String name = name(json, names);
            if (METADATA.equals(name)) {
                readMetadata(json);
            } else {
                entries.add(readEntry(json, name));
            }
        }
        json.endObject();
        try {
            json.peek(); // which refuses whatever is not the end
        } catch (final MalformedJsonException more) {
            throw wrong("header must be one JSON object and nothing but spaces after it", "");
        }
    }

    private void readMetadata(final JsonReader json) throws IOException {
        if (json.peek() != BEGIN_OBJECT) {
            throw wrong(METADATA + " must be an object of strings", "");
        }
        final Set<String> keys = new HashSet<>();
        json.beginObject();
        while (json.hasNext()) {
            final String key = name(json, keys);
            if (json.peek() != STRING) {
                throw wrong(METADATA + " must be an object of strings", ", key=" + quote(key));
            }
            metadata.put(key, unicode(json.nextString()));
        }
        json.endObject();
    }

    private HeaderEntry readEntry(final JsonReader json, final String name) throws IOException {
        if (json.peek() != BEGIN_OBJECT) {
            throw wrongTensor("tensor entry must be an object", name, "");
        }
        TensorType type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        final Set<String> fields = new HashSet<>();
        json.beginObject();
        while (json.hasNext()) {
            final String field = name(json, fields);
            switch (field) {
                case TYPE -> type = readType(json, name);
                case SHAPE -> shape = readNumbers(json, name, SHAPE, MAX_RANK);
                case OFFSETS -> offsets = readNumbers(json, name, OFFSETS, 2);
                default -> throw wrongTensor("tensor entry must have dtype, shape and data_offsets and nothing else",
                        name, ", field=" + quote(field));
            }
        }
        json.endObject();
        return entry(name, type, shape, offsets);
    }

    /** Reads the name of a member that has not come before. */
    private String name(final JsonReader json, final Set<String> before) throws IOException {
        final String name = unicode(json.nextName());
        if (name.length() > MAX_NAME_LENGTH) {
            throw wrong("name must have at most " + MAX_NAME_LENGTH + " characters", ", name=" + quote(name));
        }
        if (!before.add(name)) {
            throw wrong("name must come once in its object", ", name=" + quote(name));
        }
        return name;
    }

    private HeaderEntry entry(final String name, final TensorType type, final List<Long> shape,
            final List<Long> offsets) {
        final String missing = type == null ? TYPE : shape == null ? SHAPE : offsets == null ? OFFSETS : null;
        if (missing != null) {
            throw wrongTensor("tensor entry must have dtype, shape and data_offsets", name, ", missing=" + missing);
        }
        if (offsets.size() != 2) {
            throw wrongTensor("data_offsets must have 2 numbers", name, ", data_offsets=" + offsets);
        }
        return new HeaderEntry(name, type, shape, offsets.get(0), offsets.get(1));
    }

    private TensorType readType(final JsonReader json, final String tensor) throws IOException {
        if (json.peek() != STRING) {
            throw wrongTensor("dtype must be a string", tensor, "");
        }
        final String name = json.nextString();
        return TensorType.named(name).orElseThrow(() -> wrongTensor(
                "type not known", tensor,
                ", type=" + quote(name)));
    }

    private List<Long> readNumbers(final JsonReader json, final String tensor, final String field, final int limit)
            throws IOException {
        if (json.peek() != BEGIN_ARRAY) {
            throw wrongTensor(field + " must be an array of non-negative integers", tensor, "");
        }
        final List<Long> numbers = new ArrayList<>(2);
        json.beginArray();
        while (json.hasNext()) {
            if (numbers.size() == limit) {
                throw wrongTensor(field + " must have at most " + limit + " numbers", tensor, "");
            }
            numbers.add(readNumber(json, tensor, field));
        }
        json.endArray();
        return numbers;
    }

    /** Reads a number that is digits alone: neither 1.0 nor -0 is an integer to the reference reader. */
    private long readNumber(final JsonReader json, final String tensor, final String field) throws IOException {
        final String digits = json.peek() == NUMBER ? json.nextString() : "";
        if (!isWhole(digits)) {
            throw wrongTensor(field + " must be an array of non-negative integers", tensor, "");
        }
        try {
            return Long.parseLong(digits);
        } catch (final NumberFormatException tooLarge) {
            throw wrongTensor(field + " must not overflow 63 bits", tensor,
                    ", number=" + shorten(digits, REASON_CHARACTERS));
        }
    }

    private static boolean isWhole(final String number) {
        for (int i = 0; i < number.length(); i++) {
            if (number.charAt(i) < '0' || number.charAt(i) > '9') {
                return false;
            }
        }
        return !number.isEmpty();
    }

    private String unicode(final String text) {
        if (!Strings.isUnicode(text)) {
            throw wrong("names and metadata must be valid Unicode", ", text=" + quote(text));
        }
        return text;
    }

    private WeightFileException wrong(final String rule, final String details) {
        return new WeightFileException(rule + ": file=" + file + details);
    }

    private WeightFileException wrongTensor(final String rule, final String tensor, final String details) {
        return wrong(rule, ", tensor=" + quote(tensor) + details);
    }
}
