package io.lanewise.tokenizers.decoders;

import java.util.List;

import io.lanewise.json.Json;

/** The decoders of the file format by their type. */
public final class Decoders {

    private Decoders() {}

    /** Reads a decoder. */
    public static Decoder read(Json json) {
        return switch (json.get("type").text()) {
            case "BPEDecoder" -> BpeDecoder.read(json);
            case "ByteFallback" -> new ByteFallback();
            case "ByteLevel" -> new ByteLevel();
            case "CTC" -> Ctc.read(json);
            case "Fuse" -> new Fuse();
            case "Metaspace" -> Metaspace.read(json);
            case "Replace" -> Replace.read(json);
            case "Sequence" -> Sequence.read(json);
            case "Strip" -> Strip.read(json);
            case "WordPiece" -> WordPiece.read(json);
            default -> throw json.get("type").unknown(List.of("BPEDecoder", "ByteFallback", "ByteLevel", "CTC", "Fuse",
                    "Metaspace", "Replace", "Sequence", "Strip", "WordPiece"));
        };
    }
}
