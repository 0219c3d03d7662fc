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
            if (isOfBytes(token)) {
                for (int i = 0; i < token.length(); i++) {
                    bytes.write(ByteAlphabet.toByte(token.charAt(i)));
                }
            } else {
                bytes.writeBytes(token.getBytes(StandardCharsets.UTF_8));
            }
        }
        return List.of(bytes.toString(StandardCharsets.UTF_8));
    }

    /** Characters beyond the first plane stand for no byte, nor does half of one. */
    private static boolean isOfBytes(String token) {
        for (int i = 0; i < token.length(); i++) {
            if (ByteAlphabet.toByte(token.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
