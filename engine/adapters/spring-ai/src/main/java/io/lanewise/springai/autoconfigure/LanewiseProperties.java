package io.lanewise.springai.autoconfigure;

import io.lanewise.text.EmbeddingOptions;
import io.lanewise.text.LongTexts;
import io.lanewise.text.TextOptions;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the beans that the starter makes.
 *
 * @param embedding the embedding model
 * @param reranker the reranker of documents
 */
@ConfigurationProperties("lanewise")
public record LanewiseProperties(@DefaultValue Embedding embedding, @DefaultValue Reranker reranker) {

    /**
     * Settings of the embedding model.
     *
     * @param location where the model's folder is: a path, file:…, classpath:… or jar:…; without it there is no such bean
     * @param name what responses and observations call the model; by default the last part of the location
     * @param threads threads that work on one call
     * @param sessions how many calls are computed at the same time; by default as many as there are processors
     * @param maxTokens the most tokens of a text; by default what the folder says
     * @param longTexts what becomes of longer texts
     * @param specialTokensAsText whether special tokens that are written in a text are plain text: for text that is not trusted
     * @param prompt the name of the folder's prompt that is written before texts
     * @param documentPrompt the name of the folder's prompt that is written before documents; by default that of other texts
     * @param dimensions how many numbers of a vector are kept; all by default
     * @param batchTokens how many tokens of documents are handed over at once, where a vector store asks
     */
    public record Embedding(String location, String name, @DefaultValue("1") int threads,
            @DefaultValue("0") int sessions, @DefaultValue("0") int maxTokens,
            @DefaultValue("truncate") LongTexts longTexts, @DefaultValue("false") boolean specialTokensAsText,
            String prompt, String documentPrompt, @DefaultValue("0") int dimensions,
            @DefaultValue("16384") int batchTokens) {

        TextOptions textOptions() {
            return options(threads, sessions, maxTokens).longTexts(longTexts).specialTokensAsText(specialTokensAsText);
        }

        EmbeddingOptions embeddingOptions() {
            return EmbeddingOptions.defaults().prompt(prompt).dimensions(dimensions);
        }
    }

    /**
     * Settings of the reranker.
     *
     * @param location where the cross-encoder's folder is: a path, file:…, classpath:… or jar:…; without it there is no such bean
     * @param threads threads that work on one call
     * @param sessions how many calls are computed at the same time; by default as many as there are processors
     * @param maxTokens the most tokens of a pair; by default what the folder says
     * @param top how many documents are kept; all by default
     */
    public record Reranker(String location, @DefaultValue("1") int threads, @DefaultValue("0") int sessions,
            @DefaultValue("0") int maxTokens, @DefaultValue("0") int top) {

        TextOptions textOptions() {
            return options(threads, sessions, maxTokens);
        }
    }

    private static TextOptions options(int threads, int sessions, int maxTokens) {
        TextOptions options = TextOptions.defaults().threads(threads).maxTokens(maxTokens);
        return sessions == 0 ? options : options.sessions(sessions);
    }
}
