package io.lanewise.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * How many times as long one subject is to take as another. Read from {@code encoder-targets.json}.
 *
 * @param what it is about, in words
 * @param name of the points that it is about
 * @param params what they have, an empty text for what they must not have
 * @param slower the subject that is to take longer
 * @param faster the other one
 * @param of which figure of these points is held against it
 * @param least the factor
 */
record EncoderTarget(String what, String name, Map<String, String> params, String slower, String faster, Over of,
        double least) {

    /** What becomes of the factors of several points. */
    enum Over {
        /** The least of them: each point must reach it. */
        EACH("at least %s×"),
        /** Their geometric mean. */
        MEAN("at least %s× in the geometric mean"),
        /** All times of one over all times of the other. */
        SUM("at least %s×"),
        /** Not of times, but of the 99th percentiles of a call, the least of them. */
        P99("at least %s× in the 99th percentile");

        private final String words;

        Over(String words) {
            this.words = words;
        }
    }

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES).build();

    /** Returns all that there are. */
    static List<EncoderTarget> all() {
        try (InputStream in = EncoderTarget.class.getResourceAsStream("encoder-targets.json")) {
            return List.of(JSON.readValue(in, EncoderTarget[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the target in words. */
    String text() {
        return of.words.formatted(least);
    }

    /** Returns what was measured for it; null where nothing was. */
    Figure figure(Analysis analysis) {
        Figures figures = analysis.figures();
        List<PointRounds> points = analysis.suite(EncoderSection.SUITE).stream().filter(this::isAbout).toList();
        if (of == Over.SUM) {
            return points.stream().map(point -> figures.gainOfSums(point, slower, faster)).filter(Objects::nonNull)
                    .findFirst().orElse(null);
        }
        List<Figure> gains = points.stream().map(point -> of == Over.P99
                ? figures.gainOfReadings(point, "p99", slower, faster)
                : figures.gain(point, slower, faster)).filter(Objects::nonNull).toList();
        return of == Over.MEAN
                ? figures.geometricMean(slower + " / " + faster + ", " + what, gains)
                : gains.stream().min(Comparator.comparingDouble(Figure::value)).orElse(null);
    }

    private boolean isAbout(PointRounds point) {
        return point.point().name().equals(name) && params.entrySet().stream()
                .allMatch(param -> point.point().param(param.getKey()).equals(param.getValue()));
    }

    boolean isReached(double factor) {
        return factor >= least;
    }
}
