package io.lanewise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory that this process has resident, heap and native, as Linux counts it. */
public final class ProcessMemory {

    static final String PEAK = "VmHWM:";
    private static final String RESIDENT = "VmRSS:";
    private static final long KIBIBYTE = 1024;

    private ProcessMemory() {}

    /** Returns the most bytes that were ever resident; NaN where there is no {@code /proc}. */
    public static double peak() {
        return ofThisProcess(PEAK);
    }

    /** Returns the bytes that are resident now; NaN where there is no {@code /proc}. */
    public static double resident() {
        return ofThisProcess(RESIDENT);
    }

    private static double ofThisProcess(String field) {
        try {
            return in(Files.readString(Path.of("/proc/self/status")), field);
        } catch (IOException notLinux) {
            return Double.NaN;
        }
    }

    /** Reads the bytes out of the text of {@code /proc/PID/status}; NaN if they are not there. */
    static double in(String status, String field) {
        return status.lines().filter(line -> line.startsWith(field)).findFirst()
                .map(line -> line.substring(field.length()).strip().split(" ")[0])
                .map(kibibytes -> (double) (Long.parseLong(kibibytes) * KIBIBYTE)).orElse(Double.NaN);
    }
}
