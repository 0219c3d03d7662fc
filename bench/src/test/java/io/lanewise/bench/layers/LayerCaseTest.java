package io.lanewise.bench.layers;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.lanewise.Model;
import io.lanewise.bench.RowLengths;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LayerCaseTest {

    private static final Pattern WRITTEN = Pattern.compile("as written\\s+([\\d,]+) multiply-adds");

    @ParameterizedTest
    @ValueSource(strings = {"self-attention", "co-attention", "multi-head-attention", "masked-crossover-transformer"})
    void shouldCountAsWrittenWhatExplainSays(String kind) {
        LayerCase layer = new LayerCase(kind, 1, RowLengths.FULL);
        try (Model model = layer.model()) {
            Map<String, List<Integer>> lengths = layer.batch().rowCounts().validLengths();
            Matcher explained = WRITTEN.matcher(model.explain(layer.batch().sessionOptions(), lengths));
            assertTrue(explained.find());
            assertEquals(Long.parseLong(explained.group(1).replace(",", "")),
                    LayerCase.written(model, layer.batch()));
        }
    }
}
