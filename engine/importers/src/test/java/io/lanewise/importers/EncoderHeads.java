package io.lanewise.importers;

import java.util.List;
import java.util.Locale;

import io.lanewise.importers.onnx.GraphWriter;
import io.lanewise.importers.onnx.TinyEncoder;

/** Outputs of a tiny encoder. */
record EncoderHeads(TinyEncoder tiny) {

    EncoderHeads hidden() {
        tiny.writer().output("token_embeddings", tiny.hidden());
        return this;
    }

    void pooler() {
        tiny.writer().output("pooler_output", tiny.pooled());
    }

    void classifier() {
        tiny.writer().output("logits", tiny.gemm("classifier", tiny.pooled(), 3, 6));
    }

    void classifier(String activation) {
        GraphWriter writer = tiny.writer();
        String dense = tiny.gemm("dense", tiny.first(), 6, 6);
        String active = switch (activation) {
            case "tanh" -> writer.node("Tanh", List.of(dense));
            case "relu" -> writer.node("Relu", List.of(dense));
            default -> tiny.gelu(dense);
        };
        writer.output("logits", tiny.gemm("out", active, 3, 6));
    }

    /** As the optimizer writes it: the first layer and its activation in one. */
    void fusedClassifier(String activation) {
        String weight = tiny.writer().floats("dense.weight", tiny.values("dense.weight", 36), 6, 6);
        String bias = tiny.writer().floats("dense.bias", tiny.values("dense.bias", 6), 6);
        String active = tiny.writer().node("com.microsoft.FusedGemm", List.of(tiny.first(), weight, bias), "transB", 1,
                "activation", activation.substring(0, 1).toUpperCase(Locale.ROOT) + activation.substring(1));
        tiny.writer().output("logits", tiny.gemm("out", active, 3, 6));
    }

    private String wordLogits(boolean isTied) {
        String dense = tiny.gelu(tiny.linear("transform", tiny.hidden(), 6, 6));
        String ready = tiny.norm("transform.LayerNorm", dense);
        if (!isTied) {
            return tiny.linear("decoder", ready, 11, 6);
        }
        GraphWriter writer = tiny.writer();
        String table = writer.node("Transpose", List.of("embeddings.word_embeddings.weight"), "perm",
                new long[]{1, 0});
        return writer.node("Add", List.of(writer.node("MatMul", List.of(ready, table)),
                writer.floats("decoder.bias", new float[11], 11)));
    }

    void words(boolean isTied) {
        tiny.writer().output("logits", wordLogits(isTied));
    }

    /** The largest logarithm of a word's weight over all tokens. */
    void splade() {
        GraphWriter writer = tiny.writer();
        String logits = wordLogits(true);
        String weighed = writer.node("Log",
                List.of(writer.node("Add", List.of(writer.number(1), writer.node("Relu", List.of(logits))))));
        String shown = writer.node("Cast",
                List.of(writer.node("Unsqueeze", List.of("attention_mask", writer.wholes(-1)))), "to", 1);
        writer.output("sentence_embedding", writer.node("ReduceMax",
                List.of(writer.node("Mul", List.of(weighed, shown))), "axes", new long[]{1}, "keepdims", 0));
    }

    void tokenClassifier() {
        tiny.writer().output("logits", tiny.linear("classifier", tiny.hidden(), 3, 6));
    }

    void mean() {
        tiny.writer().output("sentence_embedding", tiny.meanNormalized());
    }

    void cls() {
        tiny.writer().output("sentence_embedding", tiny.first());
    }
}
