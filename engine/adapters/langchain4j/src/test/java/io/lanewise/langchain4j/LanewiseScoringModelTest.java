package io.lanewise.langchain4j;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.aggregator.ReRankingContentAggregator;
import dev.langchain4j.rag.query.Query;
import io.lanewise.text.CrossEncoder;
import io.lanewise.text.ModelLocation;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Scores are the cross-encoder's, also where LangChain4j reranks by them. */
class LanewiseScoringModelTest {

    private static final String LOCATION = "classpath:models/reranker";

    @Test
    void shouldScoreAndRerankAsTheCrossEncoderDoes() {
        List<String> texts = IntStream.range(0, 12).mapToObj(i -> "w" + i + " w" + 2 * i).toList();
        try (CrossEncoder encoder = ModelLocation.of(LOCATION).load(CrossEncoder::load);
                LanewiseScoringModel model = LanewiseScoringModel.builder().location(LOCATION).sessions(1).build()) {
            float[] scores = encoder.score("w3", texts);
            List<TextSegment> segments = texts.stream().map(TextSegment::from).toList();
            List<Double> scored = model.scoreAll(segments, "w3").content();
            assertEquals(IntStream.range(0, scores.length).mapToObj(i -> (double) scores[i]).toList(), scored);
            assertEquals(scored.getFirst(), model.score("w0 w0", "w3").content());

            List<String> reranked = ReRankingContentAggregator.builder().scoringModel(model).build()
                    .aggregate(Map.of(Query.from("w3"), List.of(segments.stream().map(Content::from).toList())))
                    .stream().map(content -> content.textSegment().text()).toList();
            List<String> expected = IntStream.range(0, scores.length).boxed()
                    .sorted(Comparator.comparing((Integer i) -> -scores[i])).map(texts::get).toList();
            assertEquals(expected, reranked);
        }
    }
}
