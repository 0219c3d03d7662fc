package io.lanewise.weights;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class GoldenFilesTest {
    @Test
    void shouldReadEveryTensorOfEveryGolden() throws IOException, URISyntaxException {
        final Path goldens = Path.of(GoldenFilesTest.class.getResource("/goldens").toURI());
        final List<Path> files;
        try (Stream<Path> tree = Files.walk(goldens)) {
            files = tree.filter(path -> path.toString().endsWith(".safetensors")).toList();
        }
        assertTrue(files.size() > 100, () -> "files=" + files.size());
        for (final Path path : files) {
            readAll(path);
        }
    }

    private static void readAll(final Path path) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (final TensorInfo tensor : file.tensors()) {
                assertEquals(tensor.elements(), elementsRead(file, tensor), tensor::toString);
            }
            if (path.endsWith("weights.safetensors")) {
                // A layer without weights has a file all the same, for its kind and options.
                assertTrue(file.metadata().containsKey("layer"), path::toString);
            } else {
                assertTrue(!file.tensors().isEmpty(), path::toString);
            }
        }
    }

    private static int elementsRead(final SafetensorsFile file, final TensorInfo tensor) {
        return switch (tensor.type()) {
            case F32, F16, BF16 -> file.floats(tensor).length;
            case F64 -> file.doubles(tensor).length;
            case I64, I32 -> file.longs(tensor).length;
            case BOOL -> file.booleans(tensor).length;
            default -> throw new IllegalArgumentException("nobody reads " + tensor.type());
        };
    }
}
