package io.lanewise.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.lanewise.Lanewise;
import io.lanewise.LanewiseException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says whether this JVM runs Lanewise as fast as it could, and whether a model runs at all. */
@Command(name = "doctor", description = {
        "Says what this JVM makes of Lanewise: version, vectors, flags, processors and "
                + "memory. The last line is 'ok' or says what to change; then the exit code is 2.",
        "With a folder, also what would run of its model: results, tokenizer, longest text, and the memory that a session "
                + "takes.",
        ""}, footer = {"", "Examples:", "  lanewise doctor", "  lanewise doctor all-MiniLM-L6-v2"})
final class DoctorCommand implements Callable<Integer> {

    /** How the description of kernels begins where they are the slow ones. */
    private static final String SCALAR = "scalar";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FOLDER", description = "A model's folder.")
    private Path folder;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        line("lanewise", "%s", Version.number());
        line("java", "%s, %s, in %s", Runtime.version(), System.getProperty("java.vendor"),
                System.getProperty("java.home"));
        line("vm", "%s, %s", System.getProperty("java.vm.name"), System.getProperty("java.vm.info"));
        line("system", "%s, %s", System.getProperty("os.name"), System.getProperty("os.arch"));
        line("kernels", "%s", Lanewise.describe());
        for (JvmFlag flag : JvmFlag.values()) {
            line("flag", "%s: %s; it buys %s", flag, flag.isPresent() ? "present" : "missing", flag.gain());
        }
        Runtime runtime = Runtime.getRuntime();
        line("processors", "%d granted to this JVM", runtime.availableProcessors());
        line("memory", "heap up to %,d MB; weights and workspaces lie outside", runtime.maxMemory() >> 20);
        if (folder != null) {
            try {
                new FolderCheck(folder).lines().forEach((name, text) -> line(name, "%s", text));
            } catch (LanewiseException e) {
                spec.commandLine().getOut().println("to change: " + e.getMessage());
                return 2;
            }
        }
        return verdict();
    }

    private int verdict() {
        PrintWriter out = spec.commandLine().getOut();
        if (!JvmFlag.VECTOR_MODULE.isPresent()) {
            out.println("to change: add the JVM flag " + JvmFlag.VECTOR_MODULE);
            return 2;
        }
        if (Lanewise.describe().startsWith(SCALAR)) {
            out.println("to change: no vector kernels run, " + Lanewise.describe());
            return 2;
        }
        Optional<String> boxed = KernelCheck.boxed();
        if (boxed.isPresent()) {
            out.println("to change: C2 makes objects of vectors, which is many times slower: kernel=" + boxed.get()
                    + "; if -Dlanewise.vector.bits asks for more than this CPU has, remove it");
            return 2;
        }
        out.println("ok, the vector kernels run, compiled as SIMD");
        return 0;
    }

    private void line(String name, String format, Object... arguments) {
        spec.commandLine().getOut()
                .println(String.format(Locale.ROOT, "%-11s", name) + LanewiseException.shorten(
                        String.format(Locale.ROOT, format, arguments), Integer.MAX_VALUE));
    }
}
