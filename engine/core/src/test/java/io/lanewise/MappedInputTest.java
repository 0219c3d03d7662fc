package io.lanewise;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import io.lanewise.weights.SafetensorsFile;
import io.lanewise.weights.SafetensorsWriter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.lanewise.Thrown.assertRefused;

/** Inputs that lie in a mapped file, which then shrinks under the session. */
class MappedInputTest {

    private static final int BATCH = 8;
    private static final int LENGTH = 16;
    private static final int FEATURES = 64;
    private static final int[] FULL = {LENGTH, LENGTH, LENGTH, LENGTH, LENGTH, LENGTH, LENGTH, LENGTH};

    @TempDir
    private Path folder;

    /** Compiled code learns of a fault later than the interpreter does; no worker may be lost to it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Timeout(60)
    void shouldRefuseInputsWhoseFileShrank(int threads) throws IOException {
        SessionOptions options = SessionOptions.defaults().maxBatch(BATCH).maxLength(LENGTH).threads(threads);
        try (Model model = RandomLayer.of("self-attention", FEATURES, 1).model();
                Session session = model.newSession(options)) {
            for (int round = 0; round < 3; round++) {
                try (SafetensorsFile file = SafetensorsFile.open(written())) {
                    Inputs unmasked = Inputs.of("input", mapped(file));
                    Inputs masked = Inputs.of("input", mapped(file), FULL);
                    for (int run = 0; run < 100; run++) {
                        session.run(unmasked);
                        session.run(masked);
                    }
                    truncate(file.path());
                    for (int run = 0; run < 20; run++) {
                        assertRefused(MESSAGE, () -> session.run(unmasked));
                        assertRefused(MESSAGE, () -> session.run(masked));
                    }
                }
            }
        }
    }

    private static final String MESSAGE = "memory of an input must stay as it is while it is used: a mapped file shrank";

    private Path written() {
        Path path = folder.resolve("input.safetensors");
        SafetensorsWriter.create().addFloats("input", List.of((long) BATCH, (long) LENGTH, (long) FEATURES),
                new float[BATCH * LENGTH * FEATURES]).writeTo(path);
        return path;
    }

    private static Tensor mapped(SafetensorsFile file) {
        return Tensor.of(file.data(file.find("input").orElseThrow()), BATCH, LENGTH, FEATURES);
    }

    private static void truncate(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }
}
