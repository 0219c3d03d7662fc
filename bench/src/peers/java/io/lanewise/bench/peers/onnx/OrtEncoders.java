package io.lanewise.bench.peers.onnx;

import java.util.Set;

import io.lanewise.Model;
import io.lanewise.bench.encoders.BenchEncoder;
import io.lanewise.bench.encoders.MiniLm;
import io.lanewise.bench.encoders.OpenEncoder;
import io.lanewise.bench.encoders.OpenPadding;
import io.lanewise.bench.encoders.PaddingEngine;
import io.lanewise.bench.peers.graph.OnnxTranslator;

/** ONNX Runtime with encoders in float32: the file of a real one as it was published, graphs in its own words for others. */
public class OrtEncoders implements PaddingEngine {

    /** For the service loader. */
    public OrtEncoders() {}

    @Override
    public String subject() {
        return "ort";
    }

    @Override
    public String describe() {
        return OrtSessions.describe();
    }

    @Override
    public boolean has(BenchEncoder encoder) {
        return true;
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public OpenEncoder open(BenchEncoder encoder, int threads) {
        return new OrtEncoder(OrtSessions.open(model(encoder), threads), encoder.output());
    }

    /** Returns the bytes of the file. */
    byte[] model(BenchEncoder encoder) {
        return encoder == BenchEncoder.MINI_LM ? MiniLm.model() : written(encoder);
    }

    private static byte[] written(BenchEncoder encoder) {
        try (Model model = Model.of(encoder.encoder().get())) {
            return OnnxTranslator.modelOf(model.graph(encoder.inputs()).asking(Set.of(encoder.output())));
        }
    }

    @Override
    public OpenPadding openPadding() {
        return new OrtPadding(OrtSessions.open(model(BenchEncoder.MINI_LM), 1));
    }
}
