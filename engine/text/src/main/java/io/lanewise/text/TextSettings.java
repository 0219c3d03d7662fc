package io.lanewise.text;

import java.util.LinkedHashMap;
import java.util.Map;

import io.lanewise.LanewiseException;
import io.lanewise.encoders.ModelFolder;
import io.lanewise.json.Json;

/**
 * What a folder says of the texts that its model takes.
 *
 * @param maxTokens the most tokens, or 0 where it does not say
 * @param lowerCased whether texts are lower-cased before they become tokens
 * @param prompts what is written before a text, by name
 * @param defaultPrompt the name of the prompt that every text gets, or null
 */
public record TextSettings(int maxTokens, boolean lowerCased, Map<String, String> prompts, String defaultPrompt) {

    /** Older folders are named for the class that wrote them. */
    private static final String[] FILES = {"sentence_bert_config.json", "sentence_roberta_config.json",
            "sentence_distilbert_config.json", "sentence_camembert_config.json", "sentence_albert_config.json",
            "sentence_xlm-roberta_config.json", "sentence_xlnet_config.json"};

    /**
     * Reads the settings of a folder.
     *
     * @throws LanewiseException if they are unreadable
     */
    public static TextSettings of(ModelFolder folder) {
        Json sentence = Json.emptyObject("$");
        for (String file : FILES) {
            if (sentence.members().isEmpty()) {
                sentence = folder.encoderSettings(file);
            }
        }
        Json prompts = folder.settings("config_sentence_transformers.json");
        return new TextSettings(sentence.has("max_seq_length") ? sentence.get("max_seq_length").count() : 0,
                sentence.bool("do_lower_case", false), prompts(prompts.optional("prompts")),
                prompts.textOrNull("default_prompt_name"));
    }

    private static Map<String, String> prompts(Json json) {
        Map<String, String> prompts = new LinkedHashMap<>();
        if (!json.isNull()) {
            json.members().forEach((name, prompt) -> prompts.put(name, prompt.text()));
        }
        return prompts;
    }

    /**
     * Returns what is written before a text.
     *
     * @param name a prompt's name, or null for the default
     * @throws LanewiseException if there is none of that name
     */
    public String prompt(String name) {
        String wanted = name == null ? defaultPrompt : name;
        if (wanted == null) {
            return "";
        }
        String prompt = prompts.get(wanted);
        if (prompt == null) {
            throw new LanewiseException(
                    "prompt must be one of %s: prompt=%s".formatted(prompts.keySet(), LanewiseException.quote(wanted)));
        }
        return prompt;
    }
}
