package io.lanewise.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lanewise.bench.report.ColdStarts.Case;

/**
 * The most that a figure of Lanewise's cold starts is to be: {@code share} of a peer's, and {@code plus}. Read from
 * {@code cold-targets.json}.
 *
 * @param what it is about, in words
 * @param start the circumstances
 * @param layer the model
 * @param figure which figure, by its name in result files
 * @param peer whose figure it is held against; an empty text for nobody's
 * @param share how much of the peer's figure
 * @param plus what is added to it, in the figure's unit
 */
record ColdTarget(String what, String start, String layer, String figure, String peer, double share, double plus) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES).build();

    /** Returns all that there are. */
    static List<ColdTarget> all() {
        try (InputStream in = ColdTarget.class.getResourceAsStream("cold-targets.json")) {
            return List.of(JSON.readValue(in, ColdTarget[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what was measured of a subject; null where nothing was. */
    Figure figure(ColdStarts starts, Figures figures, String subject) {
        Case at = new Case(start, layer);
        return figures.median(figure + " of " + subject + ", " + at, starts.rows(at, figure, subject));
    }

    /** Says whether it is held against a peer's figure. */
    boolean isRelative() {
        return !peer.isEmpty();
    }

    /** Returns the most that is allowed; the peer's figure is null where none is needed. */
    double most(Figure theirs) {
        return plus + (isRelative() ? share * theirs.value() : 0);
    }

    /** Returns the target in words. */
    String text(String unit) {
        String added = Figure.text(unit, plus);
        if (!isRelative()) {
            return "≤ " + added;
        }
        return "≤ " + (share == 1 ? peer : Figure.text("fraction", share) + " of " + peer)
                + (plus == 0 ? "" : " + " + added);
    }
}
