package io.lanewise.tokenizers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.lanewise.LanewiseException;

/** The comparison of one tokenizer. */
final class ParityRun {

    private static final int BATCH = 200;
    private static final int PAIR_EVERY = 10;
    private static final int REPORT_EVERY = 100_000;
    private static final int MOST_SHOWN = 5;

    private final Path file;
    private final RandomTexts texts;
    private final Tokenizer own;
    private long tokens;
    private long pairs;
    private long refused; // by both
    private long differences;
    private long ownNanos;
    private long referenceNanos;

    ParityRun(Path file, RandomTexts texts) {
        this.file = file;
        this.own = Tokenizer.load(file);
        this.texts = texts.with(own);
    }

    /** Compares texts, prints the first differences and a line at the end, and says whether there was none. */
    boolean isSame(int first, int count) {
        try (Reference reference = new Reference(file)) {
            for (int done = 0; done < count; done += BATCH) {
                compare(reference, first + done, Math.min(BATCH, count - done));
                if ((done + BATCH) % REPORT_EVERY == 0 && done + BATCH < count) {
                    print(done + BATCH);
                }
            }
        }
        print(count);
        return differences == 0;
    }

    private void print(int count) {
        System.out.printf("%s: %,d texts, %,d pairs, %,d tokens, %,d refused by both, %,d differences;"
                + " %.1f µs each here, %.1f µs there%n", file.getFileName(), count, pairs, tokens, refused, differences,
                ownNanos / 1e3 / (count + pairs), referenceNanos / 1e3 / (count + pairs));
    }

    private void compare(Reference reference, int first, int count) {
        List<String[]> batch = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int number = first; number < first + count; number++) {
            batch.add(new String[]{texts.text(number)});
            numbers.add(number);
            if (number % PAIR_EVERY == 0) {
                batch.add(new String[]{texts.text(number), texts.text(number + 1)});
                numbers.add(number);
                pairs++;
            }
        }
        long start = System.nanoTime();
        List<Reference.Answer> right = reference.encode(batch, first / BATCH % 2 == 0);
        long middle = System.nanoTime();
        List<Encoding> encodings = new ArrayList<>();
        for (String[] text : batch) {
            encodings.add(encode(text));
        }
        ownNanos += System.nanoTime() - middle;
        referenceNanos += middle - start;
        for (int i = 0; i < batch.size(); i++) {
            compare(batch.get(i), right.get(i), encodings.get(i), numbers.get(i));
        }
    }

    /** Returns null where this library refuses a text. */
    private Encoding encode(String... text) {
        try {
            return text.length == 1 ? own.encode(text[0]) : own.encode(text[0], text[1]);
        } catch (LanewiseException e) {
            return null;
        }
    }

    private void compare(String[] text, Reference.Answer right, Encoding encoding, int number) {
        String difference = null;
        if (right == null || encoding == null) {
            refused += right == null && encoding == null ? 1 : 0;
            difference = right == null == (encoding == null)
                    ? null
                    : "only " + (right == null ? "the reference" : "this library") + " refuses it";
        } else {
            tokens += encoding.length();
            difference = Comparison.difference(own, right, encoding);
        }
        if (difference != null && differences++ < MOST_SHOWN) {
            System.out.println(file.getFileName() + ", text " + number + ": " + Escaped.of(text) + ": "
                    + difference);
        }
    }
}
