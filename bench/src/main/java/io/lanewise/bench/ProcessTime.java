package io.lanewise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The processor time of this process, all its threads together, as Linux counts it: in hundredths of a second. Read from a file,
 * because the beans that know it too take longer to load than some of what is measured.
 */
public final class ProcessTime {

    private static final long TICK_NANOS = 10_000_000; // what /proc counts in is the same on every Linux
    private static final int USER = 11; // fields after the name, which may hold anything
    private static final int SYSTEM = 12;

    private ProcessTime() {}

    /** Returns the nanoseconds until now; NaN where there is no {@code /proc}. */
    public static double nanos() {
        try {
            return in(Files.readString(Path.of("/proc/self/stat")));
        } catch (IOException notLinux) {
            return Double.NaN;
        }
    }

    /** Reads the nanoseconds out of the text of {@code /proc/PID/stat}. */
    static double in(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (double) (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) * TICK_NANOS;
    }
}
