package io.lanewise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.lanewise.reference.ReferenceInputs;
import io.lanewise.weights.SafetensorsFile;
import io.lanewise.weights.TensorInfo;

/** One case of the published code's weights, inputs and outputs. */
public record Golden(Path folder) {

    /** Returns all cases, those without weights left out. */
    public static List<Golden> layers() {
        return all().filter(golden -> Files.exists(golden.weights())).toList();
    }

    /** Returns the case of that folder, such as {@code lanes/co-attention}. */
    public static Golden of(String name) {
        return new Golden(root().resolve(name));
    }

    private static Stream<Golden> all() {
        return Stream.of("lanes", "odd").flatMap(set -> {
            try (Stream<Path> folders = Files.list(root().resolve(set))) {
                return folders.sorted().map(Golden::new).toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Path root() {
        try {
            return Path.of(Golden.class.getResource("/goldens").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the layer's weights. */
    public Path weights() {
        return folder.resolve("weights.safetensors");
    }

    /** Returns the inputs. */
    public Path input() {
        return folder.resolve("input.safetensors");
    }

    /** Returns the file of the recorded outputs. */
    public Path expected() {
        return folder.resolve("expected.safetensors");
    }

    /** Reads the inputs for the reference, with lengths where they were recorded. */
    ReferenceInputs reference() {
        try (SafetensorsFile file = SafetensorsFile.open(input())) {
            long batch = file.tensors().iterator().next().shape().getFirst();
            ReferenceInputs inputs = new ReferenceInputs((int) batch);
            for (TensorInfo tensor : file.tensors()) {
                if (isInput(tensor)) {
                    add(inputs, file, tensor);
                }
            }
            return inputs;
        }
    }

    private static boolean isInput(TensorInfo tensor) {
        return tensor.shape().size() == 3;
    }

    private static void add(ReferenceInputs inputs, SafetensorsFile file, TensorInfo tensor) {
        int length = tensor.shape().get(1).intValue();
        String lengths = tensor.name().equals("input") ? "lengths" : tensor.name() + "_lengths";
        file.find(lengths).ifPresentOrElse(
                told -> inputs.input(tensor.name(), length, file.floats(tensor),
                        Arrays.stream(file.longs(told)).mapToInt(Math::toIntExact).toArray()),
                () -> inputs.input(tensor.name(), length, file.floats(tensor)));
    }

    /** Returns the names of the inputs. */
    Set<String> inputNames() {
        try (SafetensorsFile file = SafetensorsFile.open(input())) {
            return file.tensors().stream().filter(Golden::isInput).map(TensorInfo::name).collect(Collectors.toSet());
        }
    }

    /** Reads an expected mask. */
    boolean[] bits(String output) {
        try (SafetensorsFile file = SafetensorsFile.open(expected())) {
            return file.booleans(file.find(output).orElseThrow());
        }
    }

    /** Returns the number of features of the inputs. */
    int features() {
        try (SafetensorsFile file = SafetensorsFile.open(input())) {
            return file.tensors().iterator().next().shape().getLast().intValue();
        }
    }

    /** Says whether attention maps were recorded. */
    public boolean hasAttention() {
        try (SafetensorsFile file = SafetensorsFile.open(expected())) {
            return file.find("attention").isPresent();
        }
    }

    /** Reads an expected output as it was computed in float64. */
    double[] truth(String output) {
        return expected(output + ".f64");
    }

    /** Returns PyTorch's own float32 error on an output. */
    double pytorchError(String output) {
        double[] truth = truth(output);
        double[] floats = expected(output);
        double worst = 0;
        for (int i = 0; i < truth.length; i++) {
            worst = Math.max(worst, Math.abs(truth[i] - floats[i]));
        }
        return worst;
    }

    private double[] expected(String name) {
        try (SafetensorsFile file = SafetensorsFile.open(expected())) {
            TensorInfo tensor = file.find(name).orElseThrow();
            return file.doubles(tensor);
        }
    }

    @Override
    public String toString() {
        return folder.getParent().getFileName() + "/" + folder.getFileName();
    }
}
