package io.lanewise.bench.peers.langchain4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.function.Function;

import ai.onnxruntime.OrtEnvironment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import io.lanewise.bench.encoders.EmbedderPeer;

/** LangChain4j's all-MiniLM-L6-v2 with its usual settings. */
public class InProcess implements EmbedderPeer {

    private static final String NAME = "langchain4j";

    /** For the service loader. */
    public InProcess() {}

    @Override
    public String subject() {
        return NAME;
    }

    @Override
    public String process() {
        return NAME;
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public String describe() {
        return "LangChain4j %s with its usual settings: ONNX Runtime %s with as many threads as there are processors, Hugging Face's tokenizers through JNI"
                .formatted(version(),
                        OrtEnvironment.getEnvironment().getVersion());
    }

    /** The manifest does not say it. */
    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = EmbeddingModel.class.getResourceAsStream(
                "/META-INF/maven/dev.langchain4j/langchain4j-core/pom.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    @Override
    public Function<String, float[]> load() {
        return vectors(new AllMiniLmL6V2EmbeddingModel());
    }

    static Function<String, float[]> vectors(EmbeddingModel model) {
        return text -> model.embed(text).content().vector();
    }
}
