package io.lanewise.springai;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.LanewiseException;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.BatchingStrategy;

/** Batches documents by their tokens as the model counts them. A document that has more by itself is a batch of its own. */
public final class TokenBatching implements BatchingStrategy {

    private final LanewiseEmbeddingModel model;
    private final int mostTokens;

    /**
     * Makes a strategy.
     *
     * @throws LanewiseException if a batch could have no token
     */
    public TokenBatching(LanewiseEmbeddingModel model, int mostTokens) {
        if (mostTokens < 1) {
            throw new LanewiseException("a batch must have room for a token: batch-tokens=" + mostTokens);
        }
        this.model = model;
        this.mostTokens = mostTokens;
    }

    @Override
    public List<List<Document>> batch(List<Document> documents) {
        List<List<Document>> batches = new ArrayList<>();
        List<Document> batch = new ArrayList<>();
        long tokens = 0;
        for (Document document : documents) {
            int own = model.tokens(model.getEmbeddingContent(document));
            if (!batch.isEmpty() && tokens + own > mostTokens) {
                batches.add(batch);
                batch = new ArrayList<>();
                tokens = 0;
            }
            batch.add(document);
            tokens += own;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }
}
