package io.lanewise.tokenizers.decoders;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.json.Json;

/**
 * Puts spaces before words.
 *
 * @param prefix of pieces that continue a word
 * @param cleansUp whether spaces before punctuation and English contractions go
 */
record WordPiece(String prefix, boolean cleansUp) implements Decoder {

    private static final String[][] CLEANUPS = {{" .", "."}, {" ?", "?"}, {" !", "!"}, {" ,", ","}, {" ' ", "'"},
            {" n't", "n't"}, {" 'm", "'m"}, {" do not", " don't"}, {" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"}};

    static Decoder read(Json json) {
        return new WordPiece(json.get("prefix").text(), json.get("cleanup").bool());
    }

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> parts = new ArrayList<>();
        for (String token : tokens) {
            boolean continues = token.startsWith(prefix);
            String part = parts.isEmpty() ? token : continues ? token.substring(prefix.length()) : " " + token;
            parts.add(cleansUp ? cleanUp(part) : part);
        }
        return parts;
    }

    /** Cleans up a text of words with spaces between. */
    static String cleanUp(String text) {
        if (!hasMark(text) && !text.contains(" do not")) {
            return text; // as most parts of a text: one look for eleven
        }
        String clean = text;
        for (String[] cleanup : CLEANUPS) {
            clean = clean.replace(cleanup[0], cleanup[1]);
        }
        return clean;
    }

    /** Says whether there is a character that every other cleanup has. */
    private static boolean hasMark(String text) {
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '.', '?', '!', ',', '\'' :
                    return true;
                default :
            }
        }
        return false;
    }
}
