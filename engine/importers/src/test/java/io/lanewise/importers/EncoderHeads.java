package io.lanewise.importers;

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
