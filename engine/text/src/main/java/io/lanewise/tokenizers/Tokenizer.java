package io.lanewise.tokenizers;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

import io.lanewise.LanewiseException;
import io.lanewise.json.JsonFile;
import io.lanewise.tokenizers.decoders.Decoder;
import io.lanewise.tokenizers.models.Trie;
import io.lanewise.tokenizers.models.Vocabulary;
import io.lanewise.tokenizers.processors.PostProcessor;

/**
 * Turns texts into the token ids of a model, to the last id as Hugging Face's tokenizers do, and back. Immutable, for any number
 * of threads.
 *
 * <p>Any string has an encoding: half of a surrogate pair alone counts as U+FFFD. Time grows with the length of a text, not
 * faster. Nothing depends on the default locale or on this JDK's version of Unicode.
 *
 * @see <a href="https://github.com/huggingface/tokenizers">the reference</a>
 */
public final class Tokenizer {

    private final Pipeline pipeline;
    private final PostProcessor processor;
    private final Decoder decoder; // or null
    private final EncodingOptions fileOptions;
    private final OptionalInt maxLength;
    private final BenchPool benches;
    private final LongTexts longTexts;

    Tokenizer(Pipeline pipeline, PostProcessor processor, Decoder decoder, EncodingOptions fileOptions,
            OptionalInt maxLength) {
        this.pipeline = pipeline;
        this.processor = processor;
        this.decoder = decoder;
        this.fileOptions = fileOptions;
        this.maxLength = maxLength;
        this.benches = new BenchPool(pipeline);
        this.longTexts = new LongTexts(pipeline);
    }

    /**
     * Loads a tokenizer.
     *
     * @param path a {@code tokenizer.json}, or the folder of a model that has one, or the files from which one can be made:
     *        {@code vocab.txt} for BERT, {@code vocab.json} and {@code merges.txt} for byte-level BPE
     * @throws LanewiseException if something is missing, unreadable, or not known to this library
     */
    public static Tokenizer load(Path path) {
        return TokenizerFolder.load(Objects.requireNonNull(path, "path"));
    }

    /**
     * Reads a {@code tokenizer.json} from a stream, such as a resource of the class path, to its end; the stream is closed.
     *
     * @param origin where it came from, for messages
     * @throws LanewiseException if it is unreadable, or not known to this library
     */
    public static Tokenizer read(InputStream in, String origin) {
        return TokenizerFile.read(JsonFile.tokenizer(Objects.requireNonNull(in, "in"), origin), OptionalInt.empty(),
                origin);
    }

    // ---------------------------------------------------------------- encoding

    /** Encodes a text, special tokens added, nothing cut. */
    public Encoding encode(String text) {
        return encode(text, EncodingOptions.defaults());
    }

    /** Encodes two texts that belong together, such as a question and a document, special tokens added, nothing cut. */
    public Encoding encode(String first, String second) {
        return encode(first, second, EncodingOptions.defaults());
    }

    /**
     * Encodes a text.
     *
     * @throws LanewiseException if it cannot be cut as asked for, or the model meets unknown text and has no token for it
     */
    public Encoding encode(String text, EncodingOptions options) {
        Objects.requireNonNull(text, "text");
        return filledUp(assemble(options, text, null), options.padding());
    }

    /** Encodes two texts that belong together; otherwise as {@link #encode(String, EncodingOptions)}. */
    public Encoding encode(String first, String second, EncodingOptions options) {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
        return filledUp(assemble(options, first, second), options.padding());
    }

    /** Encodes texts, in their order; filled up to the longest if the padding says so. */
    public List<Encoding> encode(List<String> texts, EncodingOptions options) {
        List<Encoding> encodings = new ArrayList<>(texts.size());
        for (String text : texts) {
            encodings.add(assemble(options, Objects.requireNonNull(text, "text"), null));
        }
        return filledUp(encodings, options.padding());
    }

    /**
     * Returns the ids of a text alone, which takes less time than an {@link Encoding}. Padding is not looked at.
     *
     * @return a new array
     */
    public int[] ids(String text, EncodingOptions options) {
        Objects.requireNonNull(text, "text");
        Truncation truncation = options.truncation();
        boolean plain = truncation == null || !truncation.keepsWindows()
                && truncation.strategy() == Truncation.Strategy.LONGEST_FIRST;
        if (!plain) {
            return assemble(options, text, null).ids();
        }
        Pipeline.Bench bench = benches.take(text.length());
        try {
            longTexts.tokenize(text, wanted(options, false), options.specialTokensAsText(), bench, bench.tokens(false));
            return IdArray.of(processor, options, bench.tokens(false));
        } finally {
            benches.giveBack(bench);
        }
    }

    /** Returns the ids of a text alone, special tokens added, nothing cut. */
    public int[] ids(String text) {
        return ids(text, EncodingOptions.defaults());
    }

    /** Encodes two texts, or one if the second is null. */
    private Encoding assemble(EncodingOptions options, String first, String second) {
        String[] texts = second == null ? new String[]{first} : new String[]{first, second};
        Pipeline.Bench bench = benches.take((long) first.length() + (second == null ? 0 : second.length()));
        try {
            tokenize(options, bench, texts);
            return Assembly.of(this, options, texts, bench);
        } finally {
            benches.giveBack(bench);
        }
    }

    /** Makes the tokens of one text or two, as many as are needed. */
    private void tokenize(EncodingOptions options, Pipeline.Bench bench, String... texts) {
        int wanted = wanted(options, texts.length == 2);
        for (int i = 0; i < texts.length; i++) {
            longTexts.tokenize(texts[i], wanted, options.specialTokensAsText(), bench, bench.tokens(i == 1));
        }
        boolean longerGetsOneMore = texts.length == 2 && wanted % 2 == 0 && bench.tokens(false).count() >= wanted
                && bench.tokens(true).count() >= wanted;
        for (int i = 0; i < texts.length && longerGetsOneMore; i++) {
            longTexts.tokenize(texts[i], LongTexts.ALL, options.specialTokensAsText(), bench, bench.tokens(i == 1));
        }
    }

    /** Returns how many tokens of a text decide what is kept: of each of two, one more than there is room for. */
    private int wanted(EncodingOptions options, boolean isPair) {
        Truncation truncation = options.truncation();
        boolean endIsCut = truncation != null && !truncation.keepsWindows() && truncation.direction() == Direction.RIGHT
                && truncation.strategy() == Truncation.Strategy.LONGEST_FIRST;
        if (!endIsCut) {
            return LongTexts.ALL;
        }
        int budget = Assembly.budget(processor, options, isPair);
        return isPair && budget < LongTexts.ALL ? budget + 1 : budget;
    }

    private static Encoding filledUp(Encoding encoding, Padding padding) {
        return padding == null ? encoding : encoding.filledUp(padding, padding.target(encoding.length()));
    }

    private static List<Encoding> filledUp(List<Encoding> encodings, Padding padding) {
        if (padding == null) {
            return encodings;
        }
        int longest = encodings.stream().mapToInt(Encoding::length).max().orElse(0);
        return encodings.stream().map(encoding -> encoding.filledUp(padding, padding.target(longest))).toList();
    }

    // ---------------------------------------------------------------- decoding

    /** Turns ids back into text, special tokens left out. */
    public String decode(int... ids) {
        return decode(ids, true);
    }

    /**
     * Turns ids back into text. Ids that no token has are left out.
     *
     * @param withoutSpecial whether special tokens are left out
     */
    public String decode(int[] ids, boolean withoutSpecial) {
        List<String> tokens = new ArrayList<>(ids.length);
        for (int id : ids) {
            String piece = piece(id);
            if (piece != null && !(withoutSpecial && pipeline.added().isSpecial(piece))) {
                tokens.add(piece);
            }
        }
        return decoder == null ? String.join(" ", tokens) : String.join("", decoder.decode(tokens));
    }

    // ---------------------------------------------------------------- vocabulary

    /** Returns the token of an id, or null. */
    public String piece(int id) {
        AddedToken added = pipeline.added().token(id);
        return added != null ? added.content() : pipeline.model().vocabulary().piece(id);
    }

    /** Returns the id of a token, if there is one. */
    public OptionalInt id(String piece) {
        Integer added = pipeline.added().id(piece);
        int id = added != null ? added : pipeline.model().vocabulary().find(piece);
        return id == Trie.NONE ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** Returns what pieces that go on with a word begin with, such as {@code ##}; empty where they are not marked. */
    public Optional<String> continuationPrefix() {
        return Optional.ofNullable(pipeline.model().prefix()).filter(prefix -> !prefix.isEmpty());
    }

    /** Returns the first number that is larger than every id: what a model's table needs rows for. */
    public int idEnd() {
        return Math.max(pipeline.added().idEnd(), pipeline.model().vocabulary().idEnd());
    }

    /** Returns the truncation and padding that the file happens to have stored; they are not applied unless asked for. */
    public EncodingOptions fileOptions() {
        return fileOptions;
    }

    /** Returns the most tokens that the folder's {@code tokenizer_config.json} says the model takes, if it says so. */
    public OptionalInt maxLength() {
        return maxLength;
    }

    /** Returns how many special tokens are added to one text, or to two. */
    public int addedTokens(boolean isPair) {
        return processor.added(isPair);
    }

    Pipeline pipeline() {
        return pipeline;
    }

    PostProcessor processor() {
        return processor;
    }

    Vocabulary vocabulary() {
        return pipeline.model().vocabulary();
    }

    boolean isAdded(int id) {
        return pipeline.added().token(id) != null;
    }
}
