package io.lanewise.kernels;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Holds who may know whom, as jdeps finds it in the compiled classes, those from templates included. */
class PackageTreeTest {

    /** Without the folder of the module descriptor, which jdeps would resolve. */
    private static final Path CLASSES = Path.of("target", "classes", "io");
    private static final Pattern ARROW = Pattern.compile(" +(?<from>\\S+) +-> (?<to>\\S+) .*");

    @Test
    void shouldPointDownOnly() {
        assertEquals("""
                io.lanewise.kernels -> io.lanewise.memory
                io.lanewise.kernels.choice -> io.lanewise.kernels
                io.lanewise.kernels.choice -> io.lanewise.kernels.scalar
                io.lanewise.kernels.choice -> io.lanewise.kernels.simd
                io.lanewise.kernels.choice -> io.lanewise.memory
                io.lanewise.kernels.scalar -> io.lanewise.kernels
                io.lanewise.kernels.scalar -> io.lanewise.memory
                io.lanewise.kernels.simd -> io.lanewise.kernels
                io.lanewise.kernels.simd -> io.lanewise.memory
                """, arrows("package", "io\\.lanewise\\..*"));
    }

    @Test
    void shouldUseTheVectorApiInOnePackage() {
        assertEquals("io.lanewise.kernels.simd -> jdk.incubator.vector\n",
                arrows("package", "jdk\\.incubator\\.vector"));
    }

    @Test
    void shouldUseWhatIsUnsafeInOneClass() {
        assertEquals("io.lanewise.memory.AddressSpace -> org.agrona.UnsafeApi\n",
                arrows("class", "org\\.agrona\\.UnsafeApi"));
    }

    /** Returns the arrows between packages, or classes, that end in a name of some form: a line each, in order. */
    private static String arrows(String between, String to) {
        StringWriter said = new StringWriter();
        PrintWriter printer = new PrintWriter(said);
        int exit = ToolProvider.findFirst("jdeps").orElseThrow().run(printer, printer, "-verbose:" + between,
                "-filter:none", CLASSES.toString());
        assertEquals(0, exit, said.toString());
        return ARROW.matcher(said.toString()).results()
                .filter(arrow -> arrow.group("to").matches(to) && !arrow.group("to").equals(arrow.group("from")))
                .map(arrow -> arrow.group("from") + " -> " + arrow.group("to") + "\n").distinct().sorted()
                .collect(Collectors.joining());
    }
}
