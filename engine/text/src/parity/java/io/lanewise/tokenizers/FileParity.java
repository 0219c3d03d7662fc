package io.lanewise.tokenizers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.lanewise.LanewiseException;

/**
 * Hands random tokenizer files to this library and to the reference, and random texts to what both make of them, cut and filled
 * up as the file says: ids, types, special mask, attention, spans and word numbers of every window, and decoded texts.
 */
final class FileParity {

    private static final int MOST_SHOWN = 20;
    private static final int REPORT_EVERY = 1_000;

    /** The reference makes a piece of every character then. */
    private static final String EMPTY_TOKEN = "an added token must not be empty";
    /** It ends the process, or fills the memory, or is the same in the end. */
    private static final List<String> REFUSALS = List.of("the stride must", "truncation must leave room",
            "texts that are both cut must not have too many windows");

    private final long seed;
    private final int textsEach;
    private final Path path;
    private long files;
    private long refusedFiles; // by both
    private long encodings;
    private long refused; // by both, or by this library where the reference would end the process
    private long differences;

    private FileParity(long seed, int textsEach, Path path) {
        this.seed = seed;
        this.textsEach = textsEach;
        this.path = path;
    }

    /**
     * Compares files; exits with 1 if any differs.
     *
     * @param arguments the number of files, that of texts for each, a seed, which may be followed by the number of the first file
     */
    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[0]);
        int first = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0;
        Path path = Files.createTempFile("tokenizer", ".json");
        path.toFile().deleteOnExit();
        FileParity parity = new FileParity(Long.parseLong(arguments[2]), Integer.parseInt(arguments[1]), path);
        for (int number = first; number < first + count; number++) {
            System.err.print("\rfile " + number); // the reference may end the process: then this says where
            parity.compareFile(number);
            if ((number - first + 1) % REPORT_EVERY == 0) {
                parity.print();
            }
        }
        parity.print();
        System.exit(parity.differences == 0 ? 0 : 1);
    }

    private void print() {
        System.out.printf("%,d files, %,d refused by both, %,d encodings, %,d refused, %,d differences%n", files,
                refusedFiles, encodings, refused, differences);
    }

    private void compareFile(int number) throws IOException {
        RandomFile file = new RandomFile(seed, number);
        String json = file.text();
        Files.writeString(path, json);
        files++;
        Tokenizer own = null;
        String refusal = null;
        try {
            own = Tokenizer.load(path);
        } catch (LanewiseException e) {
            refusal = e.getMessage();
        }
        try (FileReference reference = new FileReference(json)) {
            if (own == null && !refusal.startsWith(EMPTY_TOKEN)) {
                show(file, number, "only this library refuses the file: " + refusal);
            } else if (own != null) {
                compareTexts(file, number, own, reference);
            }
        } catch (RuntimeException e) {
            refusedFiles += own == null ? 1 : 0;
            if (own != null) {
                show(file, number, "only the reference refuses the file: " + e.getMessage());
            }
        }
    }

    private void compareTexts(RandomFile file, int number, Tokenizer own, FileReference reference) {
        RandomTexts texts = new RandomTexts(seed).with(own);
        for (int i = 0; i < textsEach; i++) {
            int text = number * textsEach + i;
            String[] input = i % 3 == 2
                    ? new String[]{texts.text(text), texts.text(text + 1)}
                    : new String[]{texts.text(text)};
            String difference = difference(file, own, reference, i % 4 > 0, input);
            if (difference != null) {
                show(file, number, "text " + text + ": " + Escaped.of(input) + ": " + difference);
                return;
            }
        }
    }

    private String difference(RandomFile file, Tokenizer own, FileReference reference, boolean specialTokens,
            String... texts) {
        EncodingOptions options = own.fileOptions().specialTokens(specialTokens);
        List<Encoding> windows = null;
        String refusal = null;
        try {
            Encoding encoding = encode(own, options, texts);
            windows = new ArrayList<>(List.of(encoding));
            windows.addAll(encoding.overflow());
        } catch (LanewiseException e) {
            refusal = e.getMessage();
            if (REFUSALS.stream().anyMatch(refusal::startsWith)) {
                refused++;
                return null;
            }
        }
        List<FileReference.Window> right = reference.encode(specialTokens, texts);
        if (right == null || windows == null) {
            refused++;
            return right == null == (windows == null)
                    ? null
                    : "only " + (right == null ? "the reference refuses it" : "this library refuses it: " + refusal);
        }
        encodings++;
        for (int i = 0; i < Math.min(right.size(), windows.size()); i++) {
            boolean whole = i == 0 && !(texts.length == 2 && file.losesSpansOfPairs());
            String difference = difference(right.get(i), windows.get(i), i == 0, whole, file.hasSpans());
            if (difference != null) {
                return "window " + i + ": " + difference;
            }
        }
        if (right.size() != windows.size()) {
            return "windows: right " + right.size() + ", here " + windows.size();
        }
        for (String text : texts) {
            String parted = PartedTexts.difference(own, text);
            if (parted != null) {
                return Escaped.of(text) + " " + parted;
            }
        }
        String alone = differenceOfOneWindow(own, options, windows.getFirst(), texts);
        return alone == null ? differenceOfDecoded(own, reference, right.getFirst().ids()) : alone;
    }

    private static Encoding encode(Tokenizer own, EncodingOptions options, String... texts) {
        return texts.length == 1 ? own.encode(texts[0], options) : own.encode(texts[0], texts[1], options);
    }

    private static String difference(FileReference.Window right, Encoding here, boolean hasTypes, boolean hasAllSpans,
            boolean hasSpans) {
        if (!Arrays.equals(right.ids(), here.ids())) {
            return "ids:%n    right %s%n    here  %s%n    right %s%n    here  %s".formatted(
                    Arrays.toString(right.ids()),
                    Arrays.toString(here.ids()), Escaped.of(right.pieces()),
                    Escaped.of(here.pieces().toArray(String[]::new)));
        }
        if (hasTypes && !Arrays.equals(right.types(), here.types())) {
            return "types: right " + Arrays.toString(right.types()) + ", here " + Arrays.toString(here.types());
        }
        for (int token = 0; token < here.length(); token++) {
            Span span = here.codePointSpan(token);
            // The reference says of some tokens of no text that they begin and end at 0.
            boolean spanMatters = hasSpans && !here.isSpecial(token)
                    && (hasAllSpans || right.spans()[token] != null);
            if (spanMatters && !Objects.equals(right.spans()[token], span)) {
                return "span of token %d: right %s, here %s: %s".formatted(token, Arrays.toString(right.spans()), span,
                        Escaped.of(right.pieces()));
            }
            if (right.special()[token] != here.isSpecial(token) || right.attended()[token] != here.isAttended(token)
                    || right.words()[token] != here.word(token)) {
                return "token %d: special right %b, attended right %b, words right %s, here %s".formatted(token,
                        right.special()[token], right.attended()[token], Arrays.toString(right.words()),
                        here.word(token));
            }
        }
        return null;
    }

    /** A text of which no windows are kept has the first one's ids. */
    private static String differenceOfOneWindow(Tokenizer own, EncodingOptions options, Encoding first,
            String... texts) {
        Truncation kept = options.truncation();
        Truncation cut = kept == null
                ? null
                : new Truncation(kept.maxLength(), kept.strategy(), kept.direction(), 0, false);
        int[] ids = encode(own, options.truncation(cut), texts).ids();
        return Arrays.equals(first.ids(), ids) ? null : "without windows: " + Arrays.toString(ids);
    }

    private static String differenceOfDecoded(Tokenizer own, FileReference reference, int... ids) {
        for (boolean withoutSpecial : new boolean[]{true, false}) {
            String right = reference.decode(ids, withoutSpecial);
            String here = own.decode(ids, withoutSpecial);
            if (!right.equals(here)) {
                return "decoded: right %s, here %s, ids %s".formatted(Escaped.of(right), Escaped.of(here),
                        Arrays.toString(ids));
            }
        }
        return null;
    }

    private void show(RandomFile file, int number, String difference) {
        if (differences++ < MOST_SHOWN) {
            System.out.println("file " + number + ", " + difference + "\n    " + file.settings());
        }
    }
}
