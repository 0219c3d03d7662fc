package io.lanewise.tokenizers.decoders;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.lanewise.tokenizers.text.ByteAlphabet;

/** Reads characters that stand for bytes; a token with another character stands for itself. */
record ByteLevel() implements Decoder {

    @Override
    public List<String> decode(List<String> tokens) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String token : tokens) {
            if (token.codePoints().allMatch(character -> ByteAlphabet.toByte(character) >= 0)) {
                token.codePoints().forEach(character -> bytes.write(ByteAlphabet.toByte(character)));
            } else {
                bytes.writeBytes(token.getBytes(StandardCharsets.UTF_8));
            }
        }
        return List.of(bytes.toString(StandardCharsets.UTF_8));
    }
}
