package io.lanewise.importers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.lanewise.LanewiseException;
import io.lanewise.importers.onnx.TinyEncoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Data beside a graph is found in the graph's folder, and nowhere else. */
class ExternalDataTest {

    private static final int OFFSET = 16;

    @TempDir
    private Path folder;
    private TinyEncoder tiny;

    @BeforeEach
    void makeFolder() throws IOException {
        tiny = new TinyEncoder();
        Files.createDirectory(folder.resolve("model"));
    }

    /** Writes the graph, and its first table into a file of its own. */
    private Path written(String location, Path data, int cut) throws IOException {
        ModelProto.Builder model = tiny.model("last_hidden_state");
        TensorProto.Builder table = model.getGraphBuilder().getInitializerBuilder(0);
        byte[] raw = table.getRawData().toByteArray();
        byte[] bytes = new byte[OFFSET + raw.length - cut];
        System.arraycopy(raw, 0, bytes, OFFSET, raw.length - cut);
        Files.write(data, bytes);
        table.clearRawData().setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location)).addExternalData(entry("offset", "" + OFFSET))
                .addExternalData(entry("length", "" + raw.length));
        Path file = folder.resolve("model/model.onnx");
        Files.write(file, model.build().toByteArray());
        return file;
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static void assertRefused(String expected, Path file) {
        String message = assertThrows(LanewiseException.class, () -> OnnxImporter.read(file)).getMessage();
        assertTrue(message.startsWith(expected), message);
        assertTrue(message.contains("tensor='embeddings.word_embeddings.weight'"), message);
    }

    @Test
    void shouldReadDataFromItsFolder() throws IOException {
        Path file = written("model.onnx_data", folder.resolve("model/model.onnx_data"), 0);
        OnnxImporterTest.assertWeights(tiny.weights(), OnnxImporter.read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../data", "x/../../data", "/etc/passwd", "", "\0"})
    void shouldNotLeaveItsFolder(String location) throws IOException {
        assertRefused("data beside the graph must stay in its folder", written(location, folder.resolve("data"), 0));
    }

    @Test
    void shouldNotLeaveItsFolderThroughALink() throws IOException {
        Path file = written("link", folder.resolve("data"), 0);
        Files.createSymbolicLink(folder.resolve("model/link"), folder.resolve("data"));
        assertRefused("data beside the graph must stay in its folder", file);
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        assertRefused("data beside the graph must be there", written("elsewhere", folder.resolve("data"), 0));
    }

    @Test
    void shouldRefuseDataThatIsCutOff() throws IOException {
        assertRefused("data beside the graph must be all there", written("data", folder.resolve("model/data"), 1));
    }

    @Test
    void shouldRefuseDataBesideAStream() {
        ModelProto.Builder model = tiny.model("y");
        model.getGraphBuilder().getInitializerBuilder(0).setDataLocation(TensorProto.DataLocation.EXTERNAL);
        String message = assertThrows(LanewiseException.class, () -> OnnxImporterTest.imported(model.build()))
                .getMessage();
        assertTrue(message.startsWith("data beside the graph needs the graph's folder"), message);
    }
}
