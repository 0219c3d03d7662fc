package io.lanewise.tokenizers;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Compares what both make of one text. */
final class Comparison {

    private static final Set<String> UNKNOWN = Set.of("[UNK]", "<unk>");

    private Comparison() {}

    /** Returns how they differ, or null. */
    static String difference(Tokenizer own, Reference.Answer right, Encoding encoding) {
        if (!Arrays.equals(right.ids(), encoding.ids())) {
            return of("ids", Arrays.toString(right.ids()), Arrays.toString(encoding.ids()), right, encoding);
        }
        if (!Arrays.equals(right.types(), encoding.types())) {
            return of("types", Arrays.toString(right.types()), Arrays.toString(encoding.types()), right, encoding);
        }
        for (int token = 0; token < encoding.length(); token++) {
            String difference = ofToken(own, right, encoding, token);
            if (difference != null) {
                return difference;
            }
        }
        String decoded = own.decode(right.ids(), right.decodedWithoutSpecial());
        return decoded.equals(right.decoded())
                ? null
                : of("decoded", Escaped.of(right.decoded()), Escaped.of(decoded), right, encoding);
    }

    private static String ofToken(Tokenizer own, Reference.Answer right, Encoding encoding, int token) {
        if (!Objects.equals(right.spans()[token], encoding.codePointSpan(token))) {
            return of("spans", all(right, i -> right.spans()[i]), all(right, encoding::codePointSpan), right, encoding);
        }
        if (right.special()[token] != encoding.isSpecial(token)) {
            return of("special", all(right, i -> right.special()[i]), all(right, encoding::isSpecial), right, encoding);
        }
        if (right.words()[token] != encoding.word(token)) {
            return of("words", Arrays.toString(right.words()), all(right, encoding::word), right, encoding);
        }
        return right.pieces()[token].equals(encoding.piece(token)) || standsForText(own, encoding.id(token))
                ? null
                : of("piece " + token, Escaped.of(right.pieces()[token]), Escaped.of(encoding.piece(token)), right,
                        encoding);
    }

    /** The piece of an added token, or of an unknown word, is the token's here, and what stood in the text there. */
    private static boolean standsForText(Tokenizer own, int id) {
        return own.isAdded(id) || UNKNOWN.contains(own.piece(id));
    }

    private static String all(Reference.Answer right, IntFunction<Object> column) {
        return IntStream.range(0, right.ids().length).mapToObj(column).toList().toString();
    }

    private static String of(String what, String right, String own, Reference.Answer answer, Encoding encoding) {
        return "%s:%n    right %s%n    here  %s%n    right pieces %s%n    here  pieces %s".formatted(what, right, own,
                Escaped.of(answer.pieces()), Escaped.of(encoding.pieces().toArray(String[]::new)));
    }
}
