package io.lanewise.tokenizers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.tokenizers.models.Trie;

/** Reads the tokens that a {@code tokenizer_config.json} names. */
final class SpecialTokens {

    private SpecialTokens() {}

    /** Returns what a special token is written as: a string, or an object with a content. */
    static String content(Json config, String name, String standard) {
        if (!config.has(name)) {
            return standard;
        }
        Json token = config.get(name);
        return token.isObject() ? token.get("content").text() : token.text();
    }

    /** Returns the tokens of {@code added_tokens_decoder}, in the order of their ids. */
    static List<AddedToken> declared(Json config) {
        if (!config.has("added_tokens_decoder")) {
            return List.of();
        }
        Map<Integer, AddedToken> tokens = new TreeMap<>();
        for (Map.Entry<String, Json> entry : config.get("added_tokens_decoder").members().entrySet()) {
            if (!entry.getKey().matches("\\d{1,9}")) {
                throw new LanewiseException("an added token must have a number: " + entry.getValue().path());
            }
            tokens.put(Integer.parseInt(entry.getKey()), read(entry.getValue()));
        }
        return List.copyOf(tokens.values());
    }

    private static AddedToken read(Json json) {
        return new AddedToken(json.get("content").text(), json.bool("single_word", false), json.bool("lstrip", false),
                json.bool("rstrip", false), json.bool("normalized", false), json.bool("special", true));
    }

    /** Returns the id of a token that must be there. */
    static int id(Pipeline pipeline, String token, Path where) {
        int id = pipeline.model().vocabulary().find(token);
        if (id == Trie.NONE) {
            throw new LanewiseException("the vocabulary must have the token %s: path=%s".formatted(
                    LanewiseException.quote(token), where));
        }
        return id;
    }
}
