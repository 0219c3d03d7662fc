package io.lanewise.tokenizers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;

/** Finds a tokenizer in a model's folder, or what one can be made from. */
final class TokenizerFolder {

    private static final String FILE = "tokenizer.json";
    private static final String CONFIG = "tokenizer_config.json";

    /** What {@code transformers} writes where there is no limit is 10^30. */
    private static final double NO_LIMIT = 1e9;

    private TokenizerFolder() {}

    static Tokenizer load(Path path) {
        if (!Files.exists(path)) {
            throw new LanewiseException("file or folder must exist: path=" + path);
        }
        if (!Files.isDirectory(path)) {
            return TokenizerFile.read(JsonFile.tokenizer(path), OptionalInt.empty(), path.toString());
        }
        Json config = Files.exists(path.resolve(CONFIG))
                ? JsonFile.settings(path.resolve(CONFIG))
                : Json.emptyObject("$");
        if (Files.exists(path.resolve(FILE))) {
            Path file = path.resolve(FILE);
            return TokenizerFile.read(JsonFile.tokenizer(file), maxLength(config), file.toString());
        }
        return convert(path, config);
    }

    private static Tokenizer convert(Path folder, Json config) {
        if (Files.exists(folder.resolve("vocab.txt"))) {
            return BertFiles.read(folder.resolve("vocab.txt"), config, maxLength(config));
        }
        if (Files.exists(folder.resolve("vocab.json")) && Files.exists(folder.resolve("merges.txt"))) {
            return ByteLevelFiles.read(folder, config, maxLength(config));
        }
        throw new LanewiseException("folder must have a %s, a vocab.txt, or a vocab.json and a merges.txt: folder=%s%s"
                .formatted(FILE, folder, hint(folder)));
    }

    private static String hint(Path folder) {
        return Files.exists(folder.resolve("sentencepiece.bpe.model")) || Files.exists(folder.resolve("spiece.model"))
                ? "; it has a SentencePiece model: save the tokenizer with transformers, which writes a " + FILE
                : "";
    }

    private static OptionalInt maxLength(Json config) {
        boolean limited = config.optional("model_max_length").value() instanceof Number number
                && number.doubleValue() >= 1 && number.doubleValue() < NO_LIMIT;
        return limited
                ? OptionalInt.of(((Number) config.get("model_max_length").value()).intValue())
                : OptionalInt.empty();
    }
}
