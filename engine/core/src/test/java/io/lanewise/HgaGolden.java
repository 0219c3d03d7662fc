package io.lanewise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.lanewise.weights.SafetensorsFile;
import io.lanewise.weights.TensorInfo;
import io.lanewise.weights.TensorType;

/** One case of the published code of HGA: weights, inputs, and every stage as PyTorch gave it and as it is in float64. */
public record HgaGolden(Golden golden) {

    /** What is behind the signed roots of a Block, which amplify errors. */
    private static final Set<String> BEHIND_ROOTS = Set.of("global", "fused", "output");
    /** What the roots allow, of the largest value. */
    private static final double BEHIND_ROOTS_ERROR = 2e-5;
    private static final double ERROR = 2e-6;

    /** Returns all cases. */
    public static List<HgaGolden> all() {
        return in(root());
    }

    /** Returns all cases of a folder. */
    static List<HgaGolden> in(Path root) {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> Files.exists(folder.resolve("weights.safetensors"))).sorted()
                    .map(folder -> new HgaGolden(new Golden(folder))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the case of that name. */
    public static HgaGolden of(String name) {
        return new HgaGolden(new Golden(root().resolve(name)));
    }

    private static Path root() {
        try {
            return Path.of(HgaGolden.class.getResource("/hga").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Path weights() {
        return golden.weights();
    }

    Path input() {
        return golden.input();
    }

    Inputs inputs() {
        return Inputs.load(golden.input());
    }

    /** Returns the names of what was recorded, stage by stage; not the adjacency in the layout of a batch. */
    Set<String> names() {
        try (SafetensorsFile file = SafetensorsFile.open(golden.expected())) {
            Set<String> names = new LinkedHashSet<>();
            file.tensors().stream().map(TensorInfo::name)
                    .filter(name -> !name.endsWith(".f64") && !name.equals("all_adj")).forEach(names::add);
            return names;
        }
    }

    long[] shape(String name) {
        try (SafetensorsFile file = SafetensorsFile.open(golden.expected())) {
            return file.find(name).orElseThrow().shape().stream().mapToLong(Long::longValue).toArray();
        }
    }

    boolean isWhole(String name) {
        try (SafetensorsFile file = SafetensorsFile.open(golden.expected())) {
            return file.find(name).orElseThrow().type() == TensorType.I64;
        }
    }

    long[] whole(String name) {
        try (SafetensorsFile file = SafetensorsFile.open(golden.expected())) {
            return file.longs(file.find(name).orElseThrow());
        }
    }

    double[] truth(String name) {
        return golden.truth(name);
    }

    /** Returns how far a stage may be from the truth. */
    double tolerance(String name) {
        double scale = Arrays.stream(truth(name)).map(Math::abs).max().orElse(0);
        return hasRoots() && BEHIND_ROOTS.contains(name)
                ? BEHIND_ROOTS_ERROR * scale
                : Math.max(ERROR * scale, 2 * golden.pytorchError(name));
    }

    private boolean hasRoots() {
        try (SafetensorsFile file = SafetensorsFile.open(golden.weights())) {
            return file.tensors().stream().anyMatch(tensor -> tensor.name().contains("merge_linears0."));
        }
    }

    @Override
    public String toString() {
        return golden.folder().getFileName().toString();
    }
}
