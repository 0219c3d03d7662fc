package io.lanewise.langchain4j;

import java.util.function.ToIntFunction;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.TokenCountEstimator;
import io.lanewise.LanewiseException;
import io.lanewise.text.ModelLocation;
import io.lanewise.tokenizers.Tokenizer;

/**
 * Counts the tokens of texts by a model's own tokenizer, without special ones: for splitters that cut documents to what a model takes.
 * Thread-safe; nothing to close.
 */
public final class LanewiseTokenCountEstimator implements TokenCountEstimator {

    private final ToIntFunction<String> tokens;
    private final int specialTokens;

    /** Takes what counts tokens, special ones included. */
    LanewiseTokenCountEstimator(ToIntFunction<String> tokens) {
        this.tokens = tokens;
        this.specialTokens = tokens.applyAsInt("");
    }

    /**
     * Loads the tokenizer of a model's folder, and not the model.
     *
     * @param location a path, {@code file:…}, {@code classpath:…}, or {@code jar:…}
     * @throws LanewiseException if there is none, or it is not known
     */
    public static LanewiseTokenCountEstimator load(String location) {
        Tokenizer tokenizer = ModelLocation.of(location).load(Tokenizer::load);
        return new LanewiseTokenCountEstimator(text -> tokenizer.ids(text).length);
    }

    @Override
    public int estimateTokenCountInText(String text) {
        return tokens.applyAsInt(text) - specialTokens;
    }

    /** Counts a message's text; one that has none, such as a request for tools alone, has no tokens. */
    @Override
    public int estimateTokenCountInMessage(ChatMessage message) {
        String text = switch (message) {
            case SystemMessage system -> system.text();
            case UserMessage user -> user.singleText();
            case AiMessage ai -> ai.text();
            case ToolExecutionResultMessage result -> result.text();
            default -> throw new IllegalArgumentException("a message must be of a type that has a text: type="
                    + message.type());
        };
        return text == null ? 0 : estimateTokenCountInText(text);
    }

    @Override
    public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
        int tokens = 0;
        for (ChatMessage message : messages) {
            tokens += estimateTokenCountInMessage(message);
        }
        return tokens;
    }
}
