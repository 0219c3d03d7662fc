package io.lanewise.bench.tokenizers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.lanewise.bench.rounds.Point;

/** What tokenizers are timed on, beside each peer that is there. */
public final class TokenizerPoints {

    private static final String SUITE = "tokenizer";

    private TokenizerPoints() {}

    /** Returns a point for every tokenizer and set of sentences, and one for loading it. */
    public static List<Point> all() {
        List<TokenizerPeer> peers = new ArrayList<>(TokenizerPeers.all());
        if (peers.isEmpty()) {
            peers.add(null); // Lanewise by itself
        }
        List<Point> points = new ArrayList<>();
        for (TokenizerSource source : TokenizerSource.all()) {
            for (TokenizerPeer peer : peers) {
                for (Sentences sentences : Sentences.values()) {
                    points.add(point(source, peer, sentences));
                }
                points.add(new Point(SUITE, source.kind(), params(source, peer, "loading"),
                        () -> new LoadingDuel(source.path(), peer)));
            }
        }
        return points;
    }

    /** Returns what a smoke test has time for. */
    public static List<Point> few() {
        return all().stream().filter(point -> point.params().get("work").equals(Sentences.ENGLISH.text())).toList();
    }

    private static Point point(TokenizerSource source, TokenizerPeer peer, Sentences sentences) {
        return new Point(SUITE, source.kind(), params(source, peer, sentences.text()),
                () -> new TokenizerDuel(source.path(), peer, sentences.read()));
    }

    private static Map<String, String> params(TokenizerSource source, TokenizerPeer peer, String work) {
        Map<String, String> params = new HashMap<>(Map.of("tokenizer", source.name(), "work", work));
        if (peer != null) {
            params.put("against", peer.subject());
        }
        return params;
    }
}
