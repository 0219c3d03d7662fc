package io.lanewise.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

import static com.fasterxml.jackson.core.JsonToken.END_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.FIELD_NAME;
import static com.fasterxml.jackson.core.JsonToken.START_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_NUMBER_INT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_STRING;
import static io.lanewise.LanewiseException.quote;
import static io.lanewise.LanewiseException.shorten;
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

    /** Decodes strictly: a parser that is given bytes would guess an encoding and let malformed UTF-8 pass. */
    private void readJson() {
        final Reader text = new InputStreamReader(new ByteArrayInputStream(header),
                StandardCharsets.UTF_8.newDecoder());
        try (JsonParser json = SafetensorsFormat.JSON.createParser(text)) {
            json.nextToken();
            readHeader(json);
        } catch (final CharacterCodingException e) {
            throw new WeightFileException("header must be valid UTF-8: file=" + file, e);
        } catch (final StreamConstraintsException e) {
            throw refused("header must stay within the reader's limits", "", e);
        } catch (final JsonProcessingException e) {
            // A character, not a byte: the parser sits behind the decoder.
            final String position = e.getLocation() == null ? "" : ", character=" + e.getLocation().getCharOffset();
            throw refused("header must be valid JSON without duplicate names", position, e);
        } catch (final IOException e) {
            throw WeightFileException.unreadable(file, e);
        }
    }

    private void readHeader(final JsonParser json) throws IOException {
        while (json.nextToken() == FIELD_NAME) {
            final String name = unicode(json.currentName());
            json.nextToken();
            if (METADATA.equals(name)) {
                readMetadata(json);
            } else {
                entries.add(readEntry(json, name));
            }
        }
        if (json.nextToken() != null) {
            throw wrong("header must be one JSON object and nothing but spaces after it", "");
        }
    }

    private void readMetadata(final JsonParser json) throws IOException {
        if (!json.hasToken(START_OBJECT)) {
            throw wrong(METADATA + " must be an object of strings", "");
        }
        while (json.nextToken() == FIELD_NAME) {
            final String key = unicode(json.currentName());
            if (json.nextToken() != VALUE_STRING) {
                throw wrong(METADATA + " must be an object of strings", ", key=" + quote(key));
            }
            metadata.put(key, unicode(json.getText()));
        }
    }

    private HeaderEntry readEntry(final JsonParser json, final String name) throws IOException {
        if (!json.hasToken(START_OBJECT)) {
            throw wrongTensor("tensor entry must be an object", name, "");
        }
        TensorType type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (json.nextToken() == FIELD_NAME) {
            final String field = json.currentName();
            json.nextToken();
            switch (field) {
                case TYPE -> type = readType(json, name);
                case SHAPE -> shape = readNumbers(json, name, SHAPE, MAX_RANK);
                case OFFSETS -> offsets = readNumbers(json, name, OFFSETS, 2);
                default -> throw wrongTensor("tensor entry must have dtype, shape and data_offsets and nothing else",
                        name, ", field=" + quote(field));
            }
        }
        return entry(name, type, shape, offsets);
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

    private TensorType readType(final JsonParser json, final String tensor) throws IOException {
        if (!json.hasToken(VALUE_STRING)) {
            throw wrongTensor("dtype must be a string", tensor, "");
        }
        final String name = json.getText();
        return TensorType.named(name).orElseThrow(() -> wrongTensor(
                "type not known", tensor,
                ", type=" + quote(name)));
    }

    private List<Long> readNumbers(final JsonParser json, final String tensor, final String field, final int limit)
            throws IOException {
        if (!json.hasToken(START_ARRAY)) {
            throw wrongTensor(field + " must be an array of non-negative integers", tensor, "");
        }
        final List<Long> numbers = new ArrayList<>(2);
        while (json.nextToken() != END_ARRAY) {
            if (numbers.size() == limit) {
                throw wrongTensor(field + " must have at most " + limit + " numbers", tensor, "");
            }
            numbers.add(readNumber(json, tensor, field));
        }
        return numbers;
    }

    private long readNumber(final JsonParser json, final String tensor, final String field) throws IOException {
        // -0 is an integer to the parser but not to the reference reader.
        if (!json.hasToken(VALUE_NUMBER_INT) || json.getText().startsWith("-")) {
            throw wrongTensor(field + " must be an array of non-negative integers", tensor, "");
        }
        if (json.getNumberType() == NumberType.BIG_INTEGER) {
            throw wrongTensor(field + " must not overflow 63 bits", tensor, ", number=" + json.getText());
        }
        return json.getLongValue();
    }

    private String unicode(final String text) {
        if (!SafetensorsFormat.isUnicode(text)) {
            throw wrong("names and metadata must be valid Unicode", ", text=" + quote(text));
        }
        return text;
    }

    private WeightFileException refused(final String rule, final String details, final JsonProcessingException cause) {
        return new WeightFileException(rule + ": file=" + file + details + ", reason="
                + shorten(cause.getOriginalMessage(), REASON_CHARACTERS), cause);
    }

    private WeightFileException wrong(final String rule, final String details) {
        return new WeightFileException(rule + ": file=" + file + details);
    }

    private WeightFileException wrongTensor(final String rule, final String tensor, final String details) {
        return wrong(rule, ", tensor=" + quote(tensor) + details);
    }
}
