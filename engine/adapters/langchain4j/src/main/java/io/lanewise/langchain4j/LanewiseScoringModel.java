package io.lanewise.langchain4j;

import java.util.ArrayList;
import java.util.List;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import io.lanewise.LanewiseException;
import io.lanewise.text.CrossEncoder;
import io.lanewise.text.LongTexts;
import io.lanewise.text.TextOptions;

/**
 * Says how well texts answer a query by a cross-encoder in the process, as a scoring model of LangChain4j: for reranking.
 *
 * <p>All segments of a query are one call. Where a pair is too long, its longer text is cut. For any number of threads. Must be closed,
 * which waits for calls in flight.
 */
public final class LanewiseScoringModel implements ScoringModel, AutoCloseable {

    private final CrossEncoder encoder;

    private LanewiseScoringModel(CrossEncoder encoder) {
        this.encoder = encoder;
    }

    /** Starts a model. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what a model is made of. */
    public static final class Builder extends ModelBuilder<Builder> {

        private Builder() {
            super(TextOptions.defaults());
        }

        @Override
        Builder self() {
            return this;
        }

        /** Sets whether pairs that are too long are refused instead of cut. */
        public Builder refuseLongTexts(boolean refuse) {
            change(options().longTexts(refuse ? LongTexts.REFUSE : LongTexts.TRUNCATE));
            return this;
        }

        /**
         * Loads the model.
         *
         * @throws LanewiseException if something is missing, does not fit, or is not known
         */
        public LanewiseScoringModel build() {
            return new LanewiseScoringModel(location().load(folder -> CrossEncoder.load(folder, options())));
        }
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        float[] scores = encoder.score(query, segments.stream().map(TextSegment::text).toList());
        List<Double> all = new ArrayList<>(scores.length);
        for (float score : scores) {
            all.add((double) score);
        }
        return Response.from(all);
    }

    /** Waits for calls in flight, then frees everything. */
    @Override
    public void close() {
        encoder.close();
    }
}
