package io.lanewise.tokenizers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;
import io.lanewise.tokenizers.decoders.Decoders;
import io.lanewise.tokenizers.models.Model;
import io.lanewise.tokenizers.models.Models;
import io.lanewise.tokenizers.pretokenizers.PreTokenizers;
import io.lanewise.tokenizers.processors.PostProcessor;
import io.lanewise.tokenizers.processors.PostProcessors;

/** Makes RoBERTa's or GPT-2's tokenizer from its {@code vocab.json} and {@code merges.txt}, as the reference's converters do. */
final class ByteLevelFiles {

    private ByteLevelFiles() {}

    static Tokenizer read(Path folder, Json config, OptionalInt maxLength) {
        Model model = Models.byteLevelBpe(JsonFile.vocabulary(folder.resolve("vocab.json")),
                TextLines.read(folder.resolve("merges.txt")));
        boolean roberta = isRoberta(config, model);
        boolean prefixSpace = config.bool("add_prefix_space", false);
        List<AddedToken> added = new ArrayList<>(SpecialTokens.declared(config));
        if (roberta) {
            for (String token : List.of("<s>", "</s>", "<unk>", "<pad>")) {
                added.add(AddedToken.special(token));
            }
            added.add(new AddedToken("<mask>", false, true, false, false, true));
        } else {
            added.add(AddedToken.special("<|endoftext|>"));
        }
        Pipeline pipeline = new Pipeline(new AddedTokens(added, model, null), null,
                PreTokenizers.read(byteLevel(prefixSpace)), model);
        PostProcessor processor = PostProcessors.read(roberta
                ? JsonFile.line("""
                        {"type": "RobertaProcessing", "cls": ["<s>", %d], "sep": ["</s>", %d], "trim_offsets": true,
                         "add_prefix_space": %s}""".formatted(SpecialTokens.id(pipeline, "<s>", folder),
                        SpecialTokens.id(pipeline, "</s>", folder), prefixSpace))
                : byteLevel(prefixSpace));
        return new Tokenizer(pipeline, processor, Decoders.read(byteLevel(prefixSpace)), EncodingOptions.defaults(),
                maxLength);
    }

    private static Json byteLevel(boolean prefixSpace) {
        return JsonFile.line("{\"type\": \"ByteLevel\", \"add_prefix_space\": %s, \"trim_offsets\": %s}".formatted(
                prefixSpace, false));
    }

    /** A folder that names no class is RoBERTa's if its vocabulary has the tokens around RoBERTa's texts. */
    private static boolean isRoberta(Json config, Model model) {
        String type = config.textOrNull("tokenizer_class");
        return switch (type) {
            case null -> model.vocabulary().find("<s>") >= 0 && model.vocabulary().find("</s>") >= 0;
            case "RobertaTokenizer", "RobertaTokenizerFast", "BartTokenizer", "BartTokenizerFast" -> true;
            case "GPT2Tokenizer", "GPT2TokenizerFast" -> false;
            default -> throw new LanewiseException(
                    "tokenizer_class must be RoBERTa's or GPT-2's where there is no tokenizer.json: tokenizer_class="
                            + LanewiseException.quote(type)
                            + "; save the tokenizer with transformers, which writes a tokenizer.json");
        };
    }
}
