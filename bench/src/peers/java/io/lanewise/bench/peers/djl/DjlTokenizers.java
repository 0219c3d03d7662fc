package io.lanewise.bench.peers.djl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.util.Platform;
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
        prepare();
        return "tokenizers %s (the library's version, then DJL's) through JNI, threads 1: only batches take more"
                .formatted(Platform.detectPlatform("tokenizers").getVersion());
    }

    @Override
    public OpenTokenizer open(Path file) {
        prepare();
        try {
            return new Opened(HuggingFaceTokenizer.builder().optTokenizerPath(file).optPadding(false)
                    .optTruncation(false).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The native library comes out of the jar; nothing is downloaded. */
    private static void prepare() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("DJL_CACHE_DIR", Path.of("target", "djl").toAbsolutePath().toString());
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
