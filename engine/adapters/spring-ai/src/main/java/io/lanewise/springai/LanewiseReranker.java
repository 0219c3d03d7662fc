package io.lanewise.springai;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.text.CrossEncoder;
import io.lanewise.text.TextCounters;
import org.springframework.ai.document.Document;
import org.springframework.ai.rag.Query;
import org.springframework.ai.rag.postretrieval.document.DocumentPostProcessor;

/**
 * Puts retrieved documents in the order in which a cross-encoder finds that they answer the query, with its scores, and keeps the first.
 * Documents without a text come last, as they were. For any number of threads. Closing waits for calls in flight and closes the encoder;
 * a bean is closed with its context.
 */
public final class LanewiseReranker implements DocumentPostProcessor, AutoCloseable {

    private final CrossEncoder encoder;
    private final int top;

    /**
     * Makes a reranker of a cross-encoder.
     *
     * @param encoder is closed with the reranker
     * @param top how many documents are kept; 0 for all
     * @throws LanewiseException if {@code top} is negative
     */
    public LanewiseReranker(CrossEncoder encoder, int top) {
        if (top < 0) {
            throw new LanewiseException("top must not be negative: top=" + top);
        }
        this.encoder = encoder;
        this.top = top;
    }

    @Override
    public List<Document> process(Query query, List<Document> documents) {
        List<Document> withText = documents.stream().filter(Document::isText).toList();
        float[] scores = encoder.score(query.text(), withText.stream().map(Document::getText).toList());
        List<Document> ranked = new ArrayList<>();
        for (Document document : withText) {
            ranked.add(document.mutate().score((double) scores[ranked.size()]).build());
        }
        ranked.sort(Comparator.comparingDouble(Document::getScore).reversed()); // stable
        documents.stream().filter(document -> !document.isText()).forEach(ranked::add);
        return List.copyOf(top == 0 || top >= ranked.size() ? ranked : ranked.subList(0, top));
    }

    /** Returns what the model has done so far. */
    public TextCounters counters() {
        return encoder.counters();
    }

    /** Waits for calls in flight, then frees everything. */
    @Override
    public void close() {
        encoder.close();
    }
}
