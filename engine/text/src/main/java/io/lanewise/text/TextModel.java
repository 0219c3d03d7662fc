package io.lanewise.text;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.SessionOptions;
import io.lanewise.encoders.Encoder;
import io.lanewise.encoders.ModelFolder;
import io.lanewise.encoders.Task;
import io.lanewise.kernels.choice.LookAhead;
import io.lanewise.tokenizers.Encoding;
import io.lanewise.tokenizers.EncodingOptions;
import io.lanewise.tokenizers.Tokenizer;
import io.lanewise.tokenizers.Truncation;

/** A folder's tokenizer and encoder, ready for calls of any thread: what all kinds of answers stand on. */
final class TextModel implements AutoCloseable {

    /** Rows of one run, unless a text has more: enough for every kernel, few enough for what is kept of them. */
    private static final int MOST_ROWS = 4096;

    /** How long, and how often at most, the tokenizer is warmed up. */
    private static final Duration WARM_UP = Duration.ofMillis(500);
    private static final int WARM_TEXTS = 5_000;
    private static final int WARM_TOKENS = 16;
    private static final String WARM_TEXT = "The committee met on Tuesday, 3 May, to discuss whether refunds (of $30.00) "
            + "should be given within 60 days; na\u00EFve as it was, nothing came of it.";

    private final Encoder encoder;
    private final Tokenizer tokenizer;
    private final String output;
    private final TextSettings settings;
    private final TextOptions options;
    private final Model model;
    private final SessionPool pool;
    private final TextCountersBean bean = new TextCountersBean(this::counters);
    private final boolean withTypes;
    private final int maxTokens;
    private final EncodingOptions whole;
    private final EncodingOptions cut;

    private TextModel(Encoder encoder, Tokenizer tokenizer, String output, boolean pairs, TextOptions options) {
        this.encoder = encoder;
        this.tokenizer = tokenizer;
        this.output = output;
        this.options = options;
        this.settings = TextSettings.of(encoder.folder());
        this.model = Model.of(encoder);
        try {
            if (!model.outputs().contains(output)) {
                throw new LanewiseException("the folder must have %s: it has %s, folder=%s".formatted(output,
                        model.graph(Set.of()).outputs().keySet(), encoder.folder().path()));
            }
            this.withTypes = pairs && !encoder.optionalInputs().isEmpty();
            SessionOptions sessions = sessions();
            this.maxTokens = maxTokens(model.longest(sessions));
            this.pool = new SessionPool(model, sessions, withTypes, maxTokens, options.sessions());
            this.whole = EncodingOptions.defaults().specialTokensAsText(options.specialTokensAsText());
            this.cut = whole.truncation(Truncation.to(maxTokens));
        } catch (RuntimeException | Error refused) {
            model.close();
            throw refused;
        }
    }

    /**
     * Loads a folder.
     *
     * @param output the result that is asked for
     * @param pairs whether texts come in pairs, too
     * @throws LanewiseException if something is missing, does not fit, or is not known
     */
    static TextModel load(Path folder, String output, boolean pairs, TextOptions options) {
        Objects.requireNonNull(options, "options");
        if (options.longTexts() == LongTexts.AVERAGE && !output.equals(TextEmbedder.OUTPUT)) {
            throw new LanewiseException(
                    "long texts are averaged for embeddings alone: longTexts=AVERAGE, result=" + output);
        }
        LookAhead.start();
        ModelFolder files = ModelFolder.open(Objects.requireNonNull(folder, "folder"));
        Tokenizer tokenizer = Tokenizer.load(files.encoder());
        return of(Encoder.open(files), tokenizer, output, pairs, options);
    }

    /** Makes a model of an encoder, which is closed with it or if it is refused; otherwise as {@link #load}. */
    static TextModel of(Encoder encoder, Tokenizer tokenizer, String output, boolean pairs, TextOptions options) {
        try {
            if (tokenizer.idEnd() > encoder.vocabulary()) {
                throw new LanewiseException(
                        "a tokenizer must not have more tokens than its model has rows: tokens=%d (tokenizer.json), rows=%d (weights), folder=%s"
                                .formatted(tokenizer.idEnd(), encoder.vocabulary(), encoder.folder().path()));
            }
            return new TextModel(encoder, tokenizer, output, pairs, options);
        } catch (RuntimeException | Error refused) {
            encoder.close(); // perhaps a second time
            throw refused;
        }
    }

    private SessionOptions sessions() {
        SessionOptions sessions = SessionOptions.defaults().threads(options.threads()).weights(options.weights())
                .outputs(output);
        return withTypes ? sessions.inputs("input_ids", "token_type_ids") : sessions.inputs("input_ids");
    }

    /** The caller's word counts first, then that of the folder's files from the nearest on; tables have the last. */
    private int maxTokens(int tables) {
        int said = options.maxTokens() > 0 ? options.maxTokens() : settings.maxTokens();
        if (said == 0) {
            int tokenizers = tokenizer.maxLength().orElse(Integer.MAX_VALUE);
            int positions = encoder.folder().config().size("max_position_embeddings", tables, Integer.MAX_VALUE);
            said = Math.min(tokenizers, positions);
        }
        int least = tokenizer.addedTokens(false) + 1;
        int most = Math.min(said, tables);
        if (most < least) {
            throw new LanewiseException(
                    "maxTokens must leave room for a token between special ones: maxTokens=%d, least=%d"
                            .formatted(most, least));
        }
        return most;
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }

    Encoder encoder() {
        return encoder;
    }

    TextSettings settings() {
        return settings;
    }

    TextOptions options() {
        return options;
    }

    SessionPool pool() {
        return pool;
    }

    /** Returns the most tokens of a text, special ones included. */
    int maxLength() {
        return maxTokens;
    }

    /** Says whether the model is told which of two texts a token belongs to. */
    boolean hasTypes() {
        return withTypes;
    }

    /** Returns a text as the tokenizer takes it. */
    String plain(String prompt, String text) {
        Objects.requireNonNull(text, "text");
        return PlainText.of(prompt.isEmpty() ? text : prompt + text, settings.lowerCased());
    }

    /** Returns the ids of a text, which is cut or refused if it is too long. */
    int[] ids(String plain) {
        int[] ids = tokenizer.ids(plain, options.longTexts() == LongTexts.REFUSE ? whole : cut);
        requireTokens(ids.length);
        return ids;
    }

    /**
     * Returns the ids of texts, in their order, each as above.
     *
     * @throws TextException for the first text that is at fault
     */
    int[][] ids(String prompt, List<String> texts) {
        int[][] ids = new int[texts.size()][];
        int i = 0;
        for (String text : texts) {
            requireThere(text, "texts", i);
            try {
                ids[i] = ids(plain(prompt, text));
            } catch (LanewiseException wrong) {
                throw TextException.of(wrong, "texts", i);
            }
            i++;
        }
        return ids;
    }

    /** Refuses null in a list. */
    static void requireThere(Object text, String list, int index) {
        if (text == null) {
            throw new NullPointerException("%s[%d]".formatted(list, index));
        }
    }

    /** Returns the tokens of a text, which is cut or refused if it is too long. */
    Encoding encode(String plain) {
        return checked(tokenizer.encode(plain, options.longTexts() == LongTexts.REFUSE ? whole : cut));
    }

    /** Returns the tokens of two texts that belong together; the longer one is cut. */
    Encoding encode(String first, String second) {
        return checked(tokenizer.encode(first, second, options.longTexts() == LongTexts.REFUSE ? whole : cut));
    }

    private Encoding checked(Encoding encoding) {
        requireTokens(encoding.length());
        return encoding;
    }

    /** A text may be refused for its length, and an empty one has no tokens where none are added. */
    void requireTokens(int tokens) {
        if (tokens == 0) {
            throw new LanewiseException("a text must have at least one token: tokens=0");
        }
        if (tokens > maxTokens) {
            throw new LanewiseException(
                    "a text must have at most %d tokens: tokens=%d".formatted(maxTokens, tokens));
        }
    }

    // ---------------------------------------------------------------- runs

    /** Takes the results of some texts. May be told the same texts again, where another caller's part of a run failed: it writes by place. */
    @FunctionalInterface
    interface Taker {

        /** Takes what the texts {@code from … from + count} became; the buffer is the session's own. */
        void take(FloatBuffer floats, int from, int count);
    }

    /** Runs texts, some at a time, in their order; few short ones perhaps together with those of other callers. */
    void run(int[][] ids, int[][] types, Taker taker) {
        SessionPool.Seat seat = pool.takeIdle();
        if (seat == null) {
            runWhenFree(new WaitingCall(ids, types, taker));
        } else {
            run(seat, ids, types, taker);
        }
    }

    private void runWhenFree(WaitingCall call) {
        SessionPool.Seat seat = pool.take(call);
        if (seat != null && call.isShort()) {
            SharedRun.run(pool, seat, output, call);
        } else if (seat != null) {
            run(seat, call.ids(), call.types(), call.taker());
        }
    }

    private void run(SessionPool.Seat seat, int[][] ids, int[][] types, Taker taker) {
        try {
            for (int from = 0; from < ids.length;) {
                int count = together(ids, from);
                taker.take(seat.run(ids, types, from, count).floats(output), from, count);
                from += count;
            }
        } finally {
            pool.giveBack(seat);
        }
    }

    /** Returns how many texts from one on are run together: until their rows are enough. */
    private static int together(int[][] ids, int from) {
        int count = 0;
        int rows = 0;
        while (from + count < ids.length && count < SessionPool.MOST_TEXTS
                && (count == 0 || rows + ids[from + count].length <= MOST_ROWS)) {
            rows += ids[from + count++].length;
        }
        return count;
    }

    /**
     * Has what a call does compiled: the tokenizer on made-up texts, then a session, as {@link Session#warmUp} says, then both.
     *
     * @return how long it took
     */
    Duration warmUp() {
        long start = System.nanoTime();
        warmTokenizer();
        int tokens = Math.min(WARM_TOKENS, maxTokens);
        pool.warmUp(new int[tokens], withTypes ? new int[tokens] : null);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Tokenizes until it has been done often, or long enough. */
    private void warmTokenizer() {
        long end = System.nanoTime() + WARM_UP.toNanos();
        try {
            for (int i = 0; i < WARM_TEXTS && System.nanoTime() < end; i++) {
                String text = WARM_TEXT.substring(0, 1 + i % WARM_TEXT.length());
                tokenizer.ids(text, cut);
                tokenizer.encode(text, WARM_TEXT, cut);
            }
        } catch (LanewiseException unknown) {
            return; // it has no token for what it does not know, or room for no pair
        }
    }

    // ---------------------------------------------------------------- what it is

    /** Returns how many numbers a result has for each sample. */
    int dimension() {
        return model.graph(Set.of()).outputs().get(output).rows().features();
    }

    /** Refuses a model that was trained for something else. */
    void require(Task task) {
        if (encoder.folder().task() != task) {
            throw new LanewiseException("the folder must be of a %s: architectures=%s, folder=%s".formatted(
                    task.name().toLowerCase(Locale.ROOT).replace('_', ' '), encoder.folder().task(),
                    encoder.folder().path()));
        }
    }

    // ---------------------------------------------------------------- what it has done

    /** Returns what was counted since it was loaded. */
    TextCounters counters() {
        return pool.counters();
    }

    /** Shows the counters to JMX until the model is closed. */
    void registerBean(String name) {
        bean.register(name);
    }

    /** Waits for calls in flight, then frees everything. */
    @Override
    public void close() {
        bean.close();
        pool.close();
        model.close();
    }
}
