package io.lanewise.bench.result;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;
import io.lanewise.Lanewise;

/**
 * Where and when figures were taken.
 *
 * @param cpu the model of the processor
 * @param cores processors that the JVM may use
 * @param memoryBytes physical memory
 * @param os name, version and architecture of the operating system
 * @param jvm name and version of the virtual machine
 * @param jvmVendor who built it
 * @param jvmFlags the flags of this process
 * @param vectors which kernels run, from {@link Lanewise#describe()}
 * @param commit of the repository, with {@code +} where the tree differs from it; {@code unknown} outside of one
 * @param date the start, UTC, to the second
 * @param peers what each peer says that it runs, by its name in result files; of those that were measured
 */
public record Environment(String cpu, int cores, long memoryBytes, String os, String jvm, String jvmVendor,
        List<String> jvmFlags, String vectors, String commit, String date,
        Map<String, String> peers) {

    private static final String UNKNOWN = "unknown";

    /** Describes this process, this machine, now. */
    public static Environment here() {
        return new Environment(cpuModel(), Runtime.getRuntime().availableProcessors(), memory(),
                property("os.name") + " " + property("os.version") + " " + property("os.arch"),
                property("java.vm.name") + " " + property("java.vm.version"), property("java.vm.vendor"),
                ManagementFactory.getRuntimeMXBean().getInputArguments(), Lanewise.describe(), gitCommit(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), Map.of());
    }

    /** Returns the same with what peers say. */
    public Environment withPeers(Map<String, String> answers) {
        return new Environment(cpu, cores, memoryBytes, os, jvm, jvmVendor, jvmFlags, vectors, commit, date, answers);
    }

    private static String property(String name) {
        return System.getProperty(name, UNKNOWN);
    }

    private static String cpuModel() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse(UNKNOWN);
        } catch (IOException notLinux) {
            return UNKNOWN;
        }
    }

    private static long memory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private static String gitCommit() {
        String commit = git("rev-parse", "--short=12", "HEAD");
        if (commit.isEmpty()) {
            return UNKNOWN;
        }
        return git("status", "--porcelain").isEmpty() ? commit : commit + "+";
    }

    private static String git(String... arguments) {
        try {
            String[] command = new String[arguments.length + 1];
            command[0] = "git";
            System.arraycopy(arguments, 0, command, 1, arguments.length);
            Process git = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String answer = new String(git.getInputStream().readAllBytes()).strip();
            return git.waitFor() == 0 ? answer : "";
        } catch (IOException noGit) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
