package io.lanewise.bench.peers.onnx;

import io.lanewise.bench.encoders.BenchEncoder;
import io.lanewise.bench.encoders.MiniLm;

/** ONNX Runtime with the int8 twin of all-MiniLM-L6-v2, as it was published. */
public final class OrtInt8Encoders extends OrtEncoders {

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
    public boolean has(BenchEncoder encoder) {
        return encoder == BenchEncoder.MINI_LM;
    }

    @Override
    public boolean isExact() {
        return false;
    }

    @Override
    byte[] model(BenchEncoder encoder) {
        return MiniLm.quantized();
    }
}
