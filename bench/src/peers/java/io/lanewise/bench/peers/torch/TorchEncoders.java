package io.lanewise.bench.peers.torch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import io.lanewise.Model;
import io.lanewise.bench.encoders.BenchEncoder;
import io.lanewise.bench.encoders.EncoderEngine;
import io.lanewise.bench.encoders.OpenEncoder;

/** PyTorch with an encoder of the base size, written in its own words. */
public final class TorchEncoders implements EncoderEngine {

    private final TorchEngine engine = new TorchEngine();

    /** For the service loader. */
    public TorchEncoders() {}

    @Override
    public String subject() {
        return engine.subject();
    }

    @Override
    public String describe() {
        return engine.describe();
    }

    @Override
    public boolean has(BenchEncoder encoder) {
        return encoder == BenchEncoder.BASE;
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public OpenEncoder open(BenchEncoder encoder, int threads) {
        try {
            Path file = Files.createTempFile("pytorch-", ".encoder");
            try (Model model = Model.of(encoder.encoder().get())) {
                try (OutputStream out = Files.newOutputStream(file)) {
                    TorchTranslator.scriptOf(model.graph(encoder.inputs()).asking(Set.of(encoder.output())))
                            .writeTo(out);
                }
                TorchEngine.prepare(threads);
                return new TorchEncoder(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
