package io.lanewise.importers;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A model as people have it: all-MiniLM-L6-v2 from LangChain4j's jar. */
class RealModelTest {

    /** Of names and elements in the order of names; made by another reader, which transposes the same weights. */
    private static final long CHECKSUM = 0x50C8F3CDL;

    @Test
    void shouldRecoverAllMiniLmBitByBit() throws IOException {
        try (InputStream in = RealModelTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx");
                ImportedModel model = OnnxImporter.read(in, "all-minilm-l6-v2.onnx")) {
            CRC32 checksum = new CRC32();
            new TreeMap<>(model.tensors()).forEach((name, tensor) -> {
                checksum.update(name.getBytes(StandardCharsets.UTF_8));
                checksum.update(tensor.bytes().get().toArray(ValueLayout.JAVA_BYTE));
            });
            assertEquals(101, model.tensors().size());
            assertEquals(CHECKSUM, checksum.getValue());
            assertEquals("{architectures=[BertModel], model_type=bert, vocab_size=30522, hidden_size=384, "
                    + "num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536, hidden_act=gelu, "
                    + "max_position_embeddings=512, layer_norm_eps=1.0E-12, type_vocab_size=2, "
                    + "position_embedding_type=absolute, pad_token_id=0}", model.settings().toString());
            assertEquals(Pooling.Source.ASSUMED, model.pooling(ImportOptions.defaults()).orElseThrow().source(),
                    "the graph ends with the last layer");
        }
    }
}
