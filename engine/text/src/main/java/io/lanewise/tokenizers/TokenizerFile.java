package io.lanewise.tokenizers;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.tokenizers.decoders.Decoder;
import io.lanewise.tokenizers.decoders.Decoders;
import io.lanewise.tokenizers.models.Model;
import io.lanewise.tokenizers.models.Models;
import io.lanewise.tokenizers.normalizers.Normalizer;
import io.lanewise.tokenizers.normalizers.Normalizers;
import io.lanewise.tokenizers.pretokenizers.PreTokenizer;
import io.lanewise.tokenizers.pretokenizers.PreTokenizers;
import io.lanewise.tokenizers.processors.PostProcessor;
import io.lanewise.tokenizers.processors.PostProcessors;

/** Reads the components of a {@code tokenizer.json}. */
final class TokenizerFile {

    private static final Set<String> MEMBERS = Set.of("version", "truncation", "padding", "added_tokens", "normalizer",
            "pre_tokenizer", "post_processor", "decoder", "model");

    private static final int MOST_PADDED = 1 << 20;

    private TokenizerFile() {}

    /**
     * Reads a tokenizer.
     *
     * @param file named in messages only
     */
    static Tokenizer read(Json json, OptionalInt maxLength, String file) {
        try {
            return read(json, maxLength);
        } catch (LanewiseException e) {
            throw new LanewiseException(e.getMessage() + ", file=" + file, e);
        }
    }

    private static Tokenizer read(Json json, OptionalInt maxLength) {
        json.requireKnown(MEMBERS);
        if (json.members().containsKey("version") && !json.get("version").text().equals("1.0")) {
            throw json.get("version").unknown(List.of("1.0"));
        }
        Model model = Models.read(json.get("model"));
        Normalizer normalizer = json.has("normalizer") ? Normalizers.read(json.get("normalizer")) : null;
        PreTokenizer preTokenizer = json.has("pre_tokenizer") ? PreTokenizers.read(json.get("pre_tokenizer")) : null;
        PostProcessor processor = json.has("post_processor")
                ? PostProcessors.read(json.get("post_processor"))
                : PostProcessor.NONE;
        Decoder decoder = json.has("decoder") ? Decoders.read(json.get("decoder")) : null;
        List<AddedToken> added = json.has("added_tokens")
                ? json.get("added_tokens").list().stream().map(AddedToken::read).toList()
                : List.of();
        Pipeline pipeline = new Pipeline(new AddedTokens(added, model, normalizer), normalizer, preTokenizer, model);
        EncodingOptions options = EncodingOptions.defaults()
                .truncation(json.has("truncation") ? truncation(json.get("truncation")) : null)
                .padding(json.has("padding") ? padding(json.get("padding")) : null);
        return new Tokenizer(pipeline, processor, decoder, options, maxLength);
    }

    private static Truncation truncation(Json json) {
        Truncation.Strategy strategy = switch (json.get("strategy").text()) {
            case "LongestFirst" -> Truncation.Strategy.LONGEST_FIRST;
            case "OnlyFirst" -> Truncation.Strategy.ONLY_FIRST;
            case "OnlySecond" -> Truncation.Strategy.ONLY_SECOND;
            default -> throw json.get("strategy").unknown(List.of("LongestFirst", "OnlyFirst", "OnlySecond"));
        };
        return new Truncation(json.get("max_length").count(), strategy, direction(json), json.get("stride").count(),
                true);
    }

    private static Direction direction(Json json) {
        if (!json.has("direction")) {
            return Direction.RIGHT;
        }
        return switch (json.get("direction").text()) {
            case "Left" -> Direction.LEFT;
            case "Right" -> Direction.RIGHT;
            default -> throw json.get("direction").unknown(List.of("Left", "Right"));
        };
    }

    private static Padding padding(Json json) {
        Json strategy = json.get("strategy");
        int length = 0;
        if (strategy.isObject()) {
            length = padded(strategy.get("Fixed"));
            if (length == 0) {
                return null; // nothing is shorter
            }
        } else if (!strategy.text().equals("BatchLongest")) {
            throw strategy.unknown(List.of("BatchLongest", "{Fixed: …}"));
        }
        json.get("pad_token").text(); // asked for; the id is what counts
        int multiple = json.has("pad_to_multiple_of") ? padded(json.get("pad_to_multiple_of")) : 0;
        return new Padding(length, multiple, direction(json), json.get("pad_id").count(),
                json.get("pad_type_id").count());
    }

    /** Reads how many tokens an encoding is filled up to, which takes memory on the word of a file. */
    private static int padded(Json json) {
        if (json.count() > MOST_PADDED) {
            throw new LanewiseException("encodings must not be filled up to more than %d tokens: %s=%d".formatted(
                    MOST_PADDED, json.path(), json.count()));
        }
        return json.count();
    }
}
