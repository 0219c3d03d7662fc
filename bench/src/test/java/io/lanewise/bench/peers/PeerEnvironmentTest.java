package io.lanewise.bench.peers;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

class PeerEnvironmentTest {

    @ParameterizedTest
    @ValueSource(strings = {"OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS",
            "GOTOBLAS_MAIN_FREE", "MKL_ENABLE_INSTRUCTIONS", "MKL_CBWR", "DNNL_MAX_CPU_ISA", "ONEDNN_MAX_CPU_ISA",
            "ATEN_CPU_CAPABILITY", "OMP_NUM_THREADS", "GOMP_CPU_AFFINITY", "KMP_AFFINITY", "GLIBC_TUNABLES"})
    void shouldTakeAwaySettings(String name) {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", "/bin", name, "1"));
        assertEquals(Map.of(name, "1"), PeerEnvironment.settings(environment));
        PeerEnvironment.clean(environment);
        assertEquals(Map.of("PATH", "/bin", "ORT_DISABLE_TELEMETRY", "1"), environment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATH", "HOME", "JAVA_TOOL_OPTIONS", "ORT_DISABLE_TELEMETRY",
            "LD_LIBRARY_PATH", "MY_OMP_NUM_THREADS"})
    void shouldLeaveTheRest(String name) {
        assertEquals(Map.of(), PeerEnvironment.settings(Map.of(name, "1")));
    }

    @Test
    void shouldSaySettingsInOrder() {
        Map<String, String> settings = PeerEnvironment
                .settings(Map.of("OPENBLAS_CORETYPE", "Haswell", "PATH", "/bin", "OMP_NUM_THREADS", "2"));
        assertEquals("OMP_NUM_THREADS=2, OPENBLAS_CORETYPE=Haswell", PeerEnvironment.said(settings));
    }
}
