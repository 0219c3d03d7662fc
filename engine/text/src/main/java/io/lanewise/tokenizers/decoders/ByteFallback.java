package io.lanewise.tokenizers.decoders;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads runs of tokens {@code <0x41>} as UTF-8; each byte of a run that is none becomes U+FFFD. */
record ByteFallback() implements Decoder {

    private static final String UNREADABLE = "\uFFFD";
    private static final Pattern BYTE = Pattern.compile("<0x[0-9A-Fa-f]{2}>");
    private static final int LENGTH = "<0x41>".length();

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> parts = new ArrayList<>();
        ByteArrayOutputStream run = new ByteArrayOutputStream();
        for (String token : tokens) {
            int value = toByte(token);
            if (value >= 0) {
                run.write(value);
            } else {
                addRun(run, parts);
                parts.add(token);
            }
        }
        addRun(run, parts);
        return parts;
    }

    private static int toByte(String token) {
        return token.length() == LENGTH && BYTE.matcher(token).matches() ? Integer.parseInt(token, 3, 5, 16) : -1;
    }

    private static void addRun(ByteArrayOutputStream run, List<String> parts) {
        if (run.size() == 0) {
            return;
        }
        try {
            parts.add(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(run.toByteArray())).toString());
        } catch (CharacterCodingException e) {
            for (int i = 0; i < run.size(); i++) {
                parts.add(UNREADABLE);
            }
        }
        run.reset();
    }
}
