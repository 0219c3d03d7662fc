package io.lanewise.bench.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.PaddedInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

class RequestFileTest {

    @TempDir
    Path folder;

    @Test
    void shouldReadWhatItWrote() throws IOException {
        PaddedInput input = new PaddedInput("question", 2, 3, new float[]{1, 2, 3, 4, 5, 6}, 2);
        Path file = folder.resolve("requests");
        RequestFile.write(file, List.of(new PaddedBatch(List.of(input)), new PaddedBatch(List.of(input))));
        List<PaddedBatch> read = RequestFile.read(file);
        assertEquals(2, read.size());
        PaddedInput again = read.getLast().inputs().getFirst();
        assertEquals("question", again.name());
        assertEquals(2, again.rows());
        assertEquals(3, again.features());
        assertArrayEquals(input.values(), again.values());
        assertArrayEquals(input.lengths(), again.lengths());
    }
}
