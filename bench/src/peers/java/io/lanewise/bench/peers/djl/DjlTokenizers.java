package io.lanewise.bench.peers.djl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.lanewise.bench.tokenizers.OpenTokenizer;
import io.lanewise.bench.tokenizers.TokenizerPeer;

/** Hugging Face's tokenizers through DJL's JNI. The native library comes out of DJL's jar; nothing is downloaded. */
public final class DjlTokenizers implements TokenizerPeer {

    /** For the service loader. */
    public DjlTokenizers() {}

    @Override
    public String subject() {
        return "djl";
    }

    @Override
    public String describe() {
        String version = HuggingFaceTokenizer.class.getPackage().getImplementationVersion();
        return "ai.djl.huggingface:tokenizers %s, JNI".formatted(version == null ? "of this build" : version);
    }

    @Override
    public OpenTokenizer open(Path file) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("DJL_CACHE_DIR", Path.of("target", "djl").toAbsolutePath().toString());
        try {
            return new Opened(HuggingFaceTokenizer.builder().optTokenizerPath(file).optPadding(false)
                    .optTruncation(false).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Opened(HuggingFaceTokenizer tokenizer) implements OpenTokenizer {

        @Override
        public long[] encode(String text) {
            return tokenizer.encode(text).getIds();
        }

        @Override
        public void close() {
            tokenizer.close();
        }
    }
}
