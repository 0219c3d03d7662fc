package io.lanewise.bench.peers.langchain4j;

import java.util.function.Function;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import io.lanewise.bench.encoders.EmbedderPeer;

/** The same with the int8 file. */
public final class QuantizedInProcess implements EmbedderPeer {

    private final InProcess exact = new InProcess();

    /** For the service loader. */
    public QuantizedInProcess() {}

    @Override
    public String subject() {
        return exact.subject() + "-q";
    }

    @Override
    public String process() {
        return exact.process();
    }

    @Override
    public boolean isExact() {
        return false;
    }

    @Override
    public String describe() {
        return exact.describe();
    }

    @Override
    public Function<String, float[]> load() {
        return InProcess.vectors(new AllMiniLmL6V2QuantizedEmbeddingModel());
    }
}
