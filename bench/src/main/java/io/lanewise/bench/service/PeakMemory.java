package io.lanewise.bench.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process ever had resident, heap and native, as Linux counts it. */
final class PeakMemory {

    private static final String FIELD = "VmHWM:";
    private static final long KIBIBYTE = 1024;

    private PeakMemory() {}

    /** Returns bytes; NaN where there is no {@code /proc}. */
    static double ofThisProcess() {
        try {
            return in(Files.readString(Path.of("/proc/self/status")));
        } catch (IOException notLinux) {
            return Double.NaN;
        }
    }

    /** Reads the bytes out of the text of {@code /proc/PID/status}; NaN if they are not there. */
    static double in(String status) {
        return status.lines().filter(line -> line.startsWith(FIELD)).findFirst()
                .map(line -> line.substring(FIELD.length()).strip().split(" ")[0])
                .map(kibibytes -> (double) (Long.parseLong(kibibytes) * KIBIBYTE)).orElse(Double.NaN);
    }
}
