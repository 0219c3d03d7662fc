package io.lanewise.tokenizers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;
import io.lanewise.json.Strings;
import io.lanewise.tokenizers.decoders.Decoders;
import io.lanewise.tokenizers.models.Model;
import io.lanewise.tokenizers.models.Models;
import io.lanewise.tokenizers.normalizers.Normalizer;
import io.lanewise.tokenizers.normalizers.Normalizers;
import io.lanewise.tokenizers.pretokenizers.PreTokenizers;
import io.lanewise.tokenizers.processors.PostProcessors;

/** Makes BERT's tokenizer from its {@code vocab.txt}, as the reference's converter does. */
final class BertFiles {

    private BertFiles() {}

    static Tokenizer read(Path vocabulary, Json config, OptionalInt maxLength) {
        Strings pieces = TextLines.read(vocabulary);
        String unknown = SpecialTokens.content(config, "unk_token", "[UNK]");
        Model model = Models.wordPiece(pieces, unknown);
        Normalizer normalizer = Normalizers.read(JsonFile.line("""
                {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": %s, "strip_accents": %s,
                 "lowercase": %s}""".formatted(config.bool("tokenize_chinese_chars", true),
                config.optional("strip_accents").value(), config.bool("do_lower_case", true))));
        List<AddedToken> added = new ArrayList<>(SpecialTokens.declared(config));
        for (String name : List.of("unk_token", "sep_token", "pad_token", "cls_token", "mask_token")) {
            String standard = "[" + name.substring(0, name.indexOf('_')).toUpperCase(Locale.ROOT) + "]";
            added.add(AddedToken.special(SpecialTokens.content(config, name, standard)));
        }
        Pipeline pipeline = new Pipeline(new AddedTokens(added, model, normalizer), normalizer,
                PreTokenizers.read(JsonFile.line("{\"type\": \"BertPreTokenizer\"}")), model);
        int cls = SpecialTokens.id(pipeline, SpecialTokens.content(config, "cls_token", "[CLS]"), vocabulary);
        int sep = SpecialTokens.id(pipeline, SpecialTokens.content(config, "sep_token", "[SEP]"), vocabulary);
        return new Tokenizer(pipeline, PostProcessors.read(JsonFile.line(
                "{\"type\": \"BertProcessing\", \"cls\": [\"\", %d], \"sep\": [\"\", %d]}".formatted(cls, sep))),
                Decoders.read(JsonFile.line("{\"type\": \"WordPiece\", \"prefix\": \"##\", \"cleanup\": true}")),
                EncodingOptions.defaults(), maxLength);
    }
}
