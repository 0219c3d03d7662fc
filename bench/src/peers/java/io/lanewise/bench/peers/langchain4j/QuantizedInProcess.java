package io.lanewise.bench.peers.langchain4j;

import java.util.function.Function;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;

/** The same with the int8 file. */
public final class QuantizedInProcess extends InProcess {

    /** For the service loader. */
    public QuantizedInProcess() {}

    @Override
    public String subject() {
        return super.subject() + "-q";
    }

    @Override
    public boolean isExact() {
        return false;
    }

    @Override
    public Function<String, float[]> load() {
        return vectors(new AllMiniLmL6V2QuantizedEmbeddingModel());
    }
}
