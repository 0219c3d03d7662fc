package io.lanewise.tokenizers.decoders;

import java.util.List;

import io.lanewise.json.Json;

/**
 * Takes a character from both ends of each token, so often at the most.
 *
 * @param content the character
 */
record Strip(int content, int start, int stop) implements Decoder {

    static Decoder read(Json json) {
        return new Strip(json.get("content").codePoint(), json.get("start").count(), json.get("stop").count());
    }

    @Override
    public List<String> decode(List<String> tokens) {
        return tokens.stream().map(this::strip).toList();
    }

    private String strip(String token) {
        int[] codePoints = token.codePoints().toArray();
        int from = 0;
        while (from < Math.min(start, codePoints.length) && codePoints[from] == content) {
            from++;
        }
        int to = codePoints.length;
        while (to > Math.max(0, codePoints.length - stop) && codePoints[to - 1] == content) {
            to--;
        }
        return from < to ? new String(codePoints, from, to - from) : "";
    }
}
