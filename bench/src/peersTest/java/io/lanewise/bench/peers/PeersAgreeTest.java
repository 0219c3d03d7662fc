package io.lanewise.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.lanewise.bench.LayerSizes;
import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.RowLengths;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Every engine answers as the double reference does, on all nine layers at odd small sizes and on each stage of the whole model. */
class PeersAgreeTest {

    private static final LayerSizes SMALL = new LayerSizes(48, 4, 80, 1, 5, 11);

    @TempDir
    Path folder;

    static Stream<Arguments> cases() {
        return LayerEngines.all().stream().flatMap(engine -> layers()
                .flatMap(layer -> Stream.of(RowLengths.values())
                        .map(lengths -> Arguments.of(engine.subject(), layer, lengths))));
    }

    private static Stream<PaperLayer> layers() {
        return Stream.concat(PaperLayer.nine(SMALL).stream(), PaperLayer.stages(SMALL).stream());
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("cases")
    void shouldAnswerAsTheReference(String subject, PaperLayer layer, RowLengths lengths) throws IOException {
        LayerEngine engine = LayerEngines.of(subject);
        Path file = folder.resolve("layer");
        engine.export(layer, file);
        List<PaddedBatch> batches = List.of(layer.batch(2, lengths, 3), layer.batch(2, lengths, 4));
        try (OpenLayer open = engine.open(file, 1); LayerCaller caller = open.newCaller(batches)) {
            for (int batch = 0; batch < batches.size(); batch++) {
                double error = PeerAgreement.error(layer, PeerAgreement.truthOfFirst(layer, batches.get(batch)),
                        caller.call(batch));
                assertEquals(0, error, PeerAgreement.TOLERANCE);
            }
        }
    }
}
