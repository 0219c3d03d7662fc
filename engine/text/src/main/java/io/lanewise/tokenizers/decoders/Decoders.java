package io.lanewise.tokenizers.decoders;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.lanewise.json.Json;

/** The decoders of the file format by their type. */
public final class Decoders {

    private static final Map<String, Function<Json, Decoder>> TYPES = new TreeMap<>(Map.of("BPEDecoder",
            BpeDecoder::read, "ByteFallback", _ -> new ByteFallback(), "ByteLevel", _ -> new ByteLevel(), "CTC",
            Ctc::read, "Fuse", _ -> new Fuse(), "Metaspace", Metaspace::read, "Replace", Replace::read, "Sequence",
            Sequence::read, "Strip", Strip::read, "WordPiece", WordPiece::read));

    private Decoders() {}

    /** Reads a decoder. */
    public static Decoder read(Json json) {
        Function<Json, Decoder> type = TYPES.get(json.get("type").text());
        if (type == null) {
            throw json.get("type").unknown(TYPES.keySet());
        }
        return type.apply(json);
    }
}
