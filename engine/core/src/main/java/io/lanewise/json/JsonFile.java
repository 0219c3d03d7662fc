package io.lanewise.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
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

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
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
    private static final int REASON_CHARACTERS = 160;

    /** Where a value is read as {@link Entries}. */
    private static final Set<String> LARGE = Set.of("$.model.vocab", "$.model.merges");

    // names of a vocabulary are many and come once: a table of them would only grow; scores are as many, and the parser for
    // doubles that rounds as rightly as the JDK's spares a third of what a cold JVM takes to load 250,000 of them
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MOST_NESTING)
                    .maxStringLength(MOST_STRING).build())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool()) // the default one is a ThreadLocal, which pins class loaders
            .build();

    private final JsonParser parser;
    private final Set<String> large;

    private JsonFile(JsonParser parser, Set<String> large) {
        this.parser = parser;
        this.large = large;
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
        try (JsonParser parser = FACTORY.createParser(json)) {
            return new JsonFile(parser, Set.of()).document();
        } catch (JsonProcessingException e) {
            throw new LanewiseException(shorten(e.getOriginalMessage() + place(e), REASON_CHARACTERS), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string is read
        }
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
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
                JsonParser parser = FACTORY.createParser(reader)) {
            return new JsonFile(parser, large).document();
        } catch (CharacterCodingException e) {
            throw new LanewiseException("file must be UTF-8: file=" + file, e);
        } catch (JsonProcessingException e) {
            throw new LanewiseException("file must be JSON: %s, file=%s".formatted(
                    shorten(e.getOriginalMessage() + place(e), REASON_CHARACTERS), file), e);
        } catch (IOException e) {
            throw new LanewiseException("file must be readable: file=" + file, e);
        } catch (LanewiseException e) {
            throw new LanewiseException(e.getMessage() + ", file=" + file, e);
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + " column " + e.getLocation().getColumnNr();
    }

    private Json document() throws IOException {
        parser.nextToken();
        Json root = new Json("$", null);
        root.fill(value(root));
        if (parser.nextToken() != null) {
            throw new LanewiseException("nothing may follow the JSON value: found " + parser.currentToken());
        }
        return root;
    }

    private Object value(Json at) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> isLarge(at) ? namedEntries(at) : object(at);
            case START_ARRAY -> isLarge(at) ? listedEntries(at) : array(at);
            case VALUE_STRING -> whole(at, parser.getText());
            case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? (Object) parser.getDoubleValue()
                    : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case null, default -> throw new LanewiseException("%s must be a value: found %s".formatted(at.path(),
                    parser.currentToken() == null ? "the end" : parser.currentToken()));
        };
    }

    private boolean isLarge(Json at) {
        return at.isNearRoot() && large.contains(at.path());
    }

    private Map<String, Json> object(Json at) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Json member = new Json(at, whole(at, parser.currentName()));
            if (members.put(parser.currentName(), member) != null) {
                throw new LanewiseException("a member must come once: " + member.path());
            }
            parser.nextToken();
            member.fill(value(member));
        }
        return members;
    }

    private List<Json> array(Json at) throws IOException {
        List<Json> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Json element = new Json(at, elements.size());
            element.fill(value(element));
            elements.add(element);
        }
        return elements;
    }

    /** A lone surrogate is no character: an escape can write one all the same. */
    private static String whole(Json at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    throw new LanewiseException("a string must be whole characters: %s has half of a surrogate pair"
                            .formatted(at.path()));
                }
                i++;
            }
        }
        return text;
    }

    // ---------------------------------------------------------------- vocabularies and merges

    private Entries namedEntries(Json at) throws IOException {
        Entries entries = new Entries(true, 1);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = whole(at, parser.currentName());
            if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                throw new LanewiseException("an id must be a whole number: %s[%s]=%s".formatted(at.path(), quote(name),
                        shorten(parser.getText(), REASON_CHARACTERS)));
            }
            entries.add(name, parser.getDoubleValue());
        }
        return entries;
    }

    /** Reads an array of strings, of pairs of strings, or of strings with a number each. */
    private Entries listedEntries(Json at) throws IOException {
        Entries entries = null;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                entries = entries == null ? new Entries(false, 1) : entries;
                entry(at, entries, 1).add(whole(at, parser.getText()), Double.NaN);
            } else {
                entries = pair(at, entries);
            }
        }
        return entries == null ? new Entries(false, 1) : entries;
    }

    private Entries pair(Json at, Entries before) throws IOException {
        require(at, parser.currentToken() == JsonToken.START_ARRAY);
        require(at, parser.nextToken() == JsonToken.VALUE_STRING);
        String first = whole(at, parser.getText());
        JsonToken second = parser.nextToken();
        boolean strings = second == JsonToken.VALUE_STRING;
        require(at, strings || second == JsonToken.VALUE_NUMBER_FLOAT || second == JsonToken.VALUE_NUMBER_INT);
        Entries entries = entry(at, before == null ? new Entries(false, strings ? 2 : 1) : before, strings ? 2 : 1);
        if (strings) {
            entries.add(first);
            entries.add(whole(at, parser.getText()));
        } else {
            entries.add(first, parser.getDoubleValue());
        }
        require(at, parser.nextToken() == JsonToken.END_ARRAY);
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
