package io.lanewise.bench.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A place that data come from.
 *
 * @param name {@code L1}, {@code L2}, {@code L3} or {@code memory}
 * @param workingSetBytes as much as surely lies there: half of a cache, or four times the last one
 */
record CacheLevel(String name, long workingSetBytes) {

    private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");
    private static final long LARGEST_SET = 256L << 20;

    /** Returns the levels that Linux tells of; where it does not, those of a common server. */
    static List<CacheLevel> ofThisMachine() {
        List<CacheLevel> levels = new ArrayList<>();
        long last = 0;
        for (int index = 0; index < 8; index++) {
            Path cache = CACHES.resolve("index" + index);
            if (!text(cache, "type", "Instruction").equals("Instruction")) {
                last = kibibytes(text(cache, "size", "0K")) << 10;
                levels.add(new CacheLevel("L" + text(cache, "level", "?"), last / 2));
            }
        }
        if (levels.isEmpty()) {
            last = 32L << 20;
            levels.addAll(List.of(new CacheLevel("L1", 16L << 10), new CacheLevel("L2", 256L << 10),
                    new CacheLevel("L3", last / 2)));
        }
        levels.add(new CacheLevel("memory", Math.min(4 * last, LARGEST_SET)));
        return levels;
    }

    private static String text(Path cache, String name, String fallback) {
        try {
            return Files.readString(cache.resolve(name)).strip();
        } catch (IOException notThere) {
            return fallback;
        }
    }

    private static long kibibytes(String size) {
        return Long.parseLong(size.substring(0, size.length() - 1)) * (size.endsWith("M") ? 1024 : 1);
    }
}
