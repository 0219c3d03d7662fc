package io.lanewise.langchain4j;

import java.util.List;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.EmbeddingStoreIngestor;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;

/** The README's example for LangChain4j; {@link ReadmeTest} holds the two together. */
final class ReadmeExample {

    private ReadmeExample() {}

    // @formatter:off
    static String run(String folder) {
        // README
        try (var model = LanewiseEmbeddingModel.builder().location(folder).build()) { // or classpath:models/all-MiniLM-L6-v2
            var store = new InMemoryEmbeddingStore<TextSegment>();
            EmbeddingStoreIngestor.builder().embeddingModel(model).embeddingStore(store).build()
                    .ingest(Document.from("Refunds take five days"), Document.from("We open at nine"));
            List<Content> found = EmbeddingStoreContentRetriever.builder().embeddingModel(model).embeddingStore(store)
                    .build().retrieve(Query.from("When do I get my money back?"));
            return found.getFirst().textSegment().text();
        }
        // README
    }
    // @formatter:on
}
