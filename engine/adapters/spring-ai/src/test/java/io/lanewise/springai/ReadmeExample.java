package io.lanewise.springai;

import java.util.List;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.rag.Query;
import org.springframework.ai.rag.postretrieval.document.DocumentPostProcessor;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The README's example for Spring AI; {@link SpringBootTest} holds the two together, and runs it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ReadmeExample {

    // @formatter:off
        // README
        @Bean
        ApplicationRunner search(EmbeddingModel model, DocumentPostProcessor reranker) {
            return _ -> {
                float[] question = model.embed("How do I get my money back?");
                List<Document> best = reranker.process(new Query("refunds"),
                        List.of(new Document("We open at nine"), new Document("Refunds take five days")));
                System.out.println(question.length + " numbers, and the best of them: " + best.getFirst().getText());
            };
        }
        // README
    // @formatter:on
}
