package io.lanewise.bench.peers.onnx;

import io.lanewise.bench.encoders.BenchEncoder;
import io.lanewise.bench.encoders.MiniLm;
import io.lanewise.bench.encoders.OpenEncoder;
import io.lanewise.bench.encoders.OpenPadding;
import io.lanewise.bench.encoders.PaddingEngine;

/** ONNX Runtime with the int8 twin of all-MiniLM-L6-v2, as it was published. */
public final class OrtInt8Encoders implements PaddingEngine {

    /** For the service loader. */
    public OrtInt8Encoders() {}

    @Override
    public String subject() {
        return "ort-int8";
    }

    @Override
    public String process() {
        return "ort";
    }

    @Override
    public String describe() {
        return OrtSessions.describe();
    }

    @Override
    public boolean has(BenchEncoder encoder) {
        return encoder == BenchEncoder.MINI_LM;
    }

    @Override
    public boolean isExact() {
        return false;
    }

    @Override
    public OpenEncoder open(BenchEncoder encoder, int threads) {
        return new OrtEncoder(OrtSessions.open(MiniLm.quantized(), threads), encoder.output());
    }

    @Override
    public OpenPadding openPadding() {
        return new OrtPadding(OrtSessions.open(MiniLm.quantized(), 1));
    }
}
