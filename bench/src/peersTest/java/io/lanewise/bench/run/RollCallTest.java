package io.lanewise.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.lanewise.bench.peers.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RollCallTest {

    private static final String OPENBLAS = "openblas";

    @TempDir
    private Path folder;

    /** Calls the roll as bench does. */
    static final class Caller {

        public static void main(String... arguments) throws IOException, InterruptedException {
            Path answer = Path.of(arguments[0]);
            Files.writeString(answer, RollCall.of(List.of(OPENBLAS), answer.resolveSibling("roll")).get(OPENBLAS));
        }
    }

    /** Loads OpenBLAS where it is. */
    static final class Loader {

        public static void main(String... arguments) throws IOException {
            Files.writeString(Path.of(arguments[0]), Peers.describe(OPENBLAS));
        }
    }

    @Test
    void shouldHearTheKernelThatOpenBlasChoosesByItself() throws IOException, InterruptedException {
        String chosen = RollCall.of(List.of(OPENBLAS), folder.resolve("here")).get(OPENBLAS);
        assertEquals(chosen, HobbledJvm.answer(Caller.class, folder));
        String hobbled = HobbledJvm.answer(Loader.class, folder);
        assertTrue(hobbled.startsWith("kernel " + HobbledJvm.KERNEL), hobbled);
        assertTrue(chosen.startsWith("kernel ") && !chosen.startsWith("kernel " + HobbledJvm.KERNEL), chosen);
    }

    @Test
    void shouldHearOneThreadFromEveryPeer() throws IOException, InterruptedException {
        Map<String, String> answers = RollCall.of(List.of("ort", "pytorch", OPENBLAS), folder.resolve("log"));
        assertEquals(3, answers.size());
        answers.values().forEach(answer -> assertTrue(answer.contains("threads 1"), answer));
        assertTrue(answers.get("pytorch").contains("CPU capability usage: "), answers.get("pytorch"));
    }
}
