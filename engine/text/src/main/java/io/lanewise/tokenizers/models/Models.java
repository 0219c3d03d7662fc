package io.lanewise.tokenizers.models;

import java.util.List;

import io.lanewise.json.Json;
import io.lanewise.json.Strings;

/** The models of the file format by their type. */
public final class Models {

    private static final int BERT_MOST_CHARACTERS = 100;

    private Models() {}

    /** Reads a model. Old files name no type: then the members tell it, in the order in which the reference looks at them. */
    public static Model read(Json json) {
        if (!json.members().containsKey("type")) {
            return read(typeOf(json), json);
        }
        return read(json.get("type").text(), json);
    }

    private static Model read(String type, Json json) {
        return switch (type) {
            case "BPE" -> Bpe.read(json);
            case "Unigram" -> Unigram.read(json);
            case "WordLevel" -> WordLevel.read(json);
            case "WordPiece" -> WordPiece.read(json);
            default -> throw json.get("type").unknown(List.of("BPE", "Unigram", "WordLevel", "WordPiece"));
        };
    }

    private static String typeOf(Json json) {
        if (json.has("merges")) {
            return "BPE";
        }
        if (json.has("continuing_subword_prefix")) {
            return "WordPiece";
        }
        return json.has("unk_token") ? "WordLevel" : "Unigram";
    }

    /** Makes BERT's model of pieces whose places are their ids. */
    public static Model wordPiece(Strings pieces, String unknown) {
        return WordPiece.of(Vocabulary.listed(pieces), unknown, "##", BERT_MOST_CHARACTERS);
    }

    /** Makes byte-level BPE of a vocabulary and the lines of a file of merges. */
    public static Model byteLevelBpe(Json vocabulary, Strings merges) {
        return Bpe.of(Vocabulary.named(vocabulary), merges);
    }
}
