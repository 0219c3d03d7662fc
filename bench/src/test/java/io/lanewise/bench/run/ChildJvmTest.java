package io.lanewise.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.lanewise.bench.peers.PeerEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ChildJvmTest {

    @TempDir
    private Path folder;

    /** Starts a child that says what it sees. */
    static final class Parent {

        public static void main(String... arguments) throws IOException, InterruptedException {
            Path answer = Path.of(arguments[0]);
            ChildJvm.run(Child.class, List.of("-Dflag=kept"), List.of(answer.toString()),
                    answer.resolveSibling("child"));
        }
    }

    /** Would fail in its parent's environment. */
    static final class Child {

        public static void main(String... arguments) throws IOException {
            PeerEnvironment.requireClean();
            Files.writeString(Path.of(arguments[0]), System.getProperty("flag") + " " + System.getenv(HobbledJvm.NAME));
        }
    }

    /** Wants to measure where it is. */
    static final class Measurer {

        public static void main(String... arguments) throws IOException {
            String refusal = "none";
            try {
                PeerEnvironment.requireClean();
            } catch (IllegalStateException refused) {
                refusal = refused.getMessage();
            }
            Files.writeString(Path.of(arguments[0]), refusal);
        }
    }

    @Test
    void shouldKeepSettingsOfPeersFromTheChild() throws IOException, InterruptedException {
        assertEquals("kept null", HobbledJvm.answer(Parent.class, folder));
    }

    @Test
    void shouldRefuseToMeasureWhereSuchSettingsAre() throws IOException, InterruptedException {
        assertEquals("a peer must be measured without settings of its library in the environment: "
                + "OPENBLAS_CORETYPE=Prescott", HobbledJvm.answer(Measurer.class, folder).replaceAll(", .*", ""));
    }
}
