package io.lanewise.bench.encoders;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** English prose to make texts of. */
final class English {

    /** Sentences of several kinds, of 10 to 40 words. */
    static final List<String> SENTENCES = lines("/io/lanewise/bench/tokenizers/english.txt");

    /** What people ask a service, in 5 to 15 words. */
    static final List<String> QUESTIONS = lines("questions.txt");

    private English() {}

    private static List<String> lines(String resource) {
        try (InputStream in = English.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns sentences in some order, one after the other; every number another text. */
    static String prose(int sentences, long text) {
        StringJoiner prose = new StringJoiner(" ");
        new Random(text).ints(sentences, 0, SENTENCES.size()).mapToObj(SENTENCES::get).forEach(prose::add);
        return prose.toString();
    }
}
