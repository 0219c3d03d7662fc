package io.lanewise.springai;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** An application as {@code java -jar} starts it: jars in a jar, the model in one of them or beside the classes, nothing writable. */
@Tag("frameworks")
class FatJarTest {

    @TempDir
    private static Path temp;

    private static Path application;
    private static int expected;

    /** Prints a hash of a vector's bits. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        public static void main(String[] arguments) {
            System.out.println("hash=" + hash(arguments));
        }
    }

    private static int hash(String... arguments) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE).run(arguments)) {
            return Arrays.hashCode(context.getBean(EmbeddingModel.class).embed("w1 w2 w3"));
        }
    }

    @BeforeAll
    static void makeJars() throws IOException {
        expected = hash();
        Path tests = Path.of("target/test-classes");
        Path plain = jar("application.jar", tests, "");
        Path models = jar("models.jar", tests.resolve("models"), "in-a-library/");
        application = temp.resolve("fat.jar");
        Repackager repackager = new Repackager(plain.toFile());
        repackager.setMainClass(Application.class.getName());
        repackager.repackage(application.toFile(), libraries -> {
            libraries.library(new Library(models.toFile(), LibraryScope.COMPILE));
            int number = 0;
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                Path path = Path.of(entry);
                if (Files.isDirectory(path) && !path.endsWith("test-classes")) {
                    path = jar("library-" + number++ + ".jar", path, "");
                }
                if (Files.isRegularFile(path)) {
                    libraries.library(new Library(path.toFile(), LibraryScope.COMPILE));
                }
            }
        });
    }

    private static Path jar(String name, Path folder, String prefix) throws IOException {
        Path jar = temp.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(prefix + folder.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
            }
        }
        return jar;
    }

    @Test
    void shouldLoadAModelOfANestedJarAndOfTheApplicationItself() throws Exception {
        for (String location : List.of("classpath:in-a-library/embedder", "classpath:models/embedder")) {
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--add-modules", "jdk.incubator.vector",
                    "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=/proc/none", "-Duser.home=/proc/none",
                    "-jar", application.toString(), "--lanewise.embedding.location=" + location)
                    .redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, output);
            assertEquals("hash=" + expected, output.lines().filter(line -> line.startsWith("hash=")).findFirst()
                    .orElseThrow(() -> new AssertionError(output)));
        }
    }
}
