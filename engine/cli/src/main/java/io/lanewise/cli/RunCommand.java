package io.lanewise.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.lanewise.EmptyAttention;
import io.lanewise.Inputs;
import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.Outputs;
import io.lanewise.ReferenceSession;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a layer or an encoder once, from files to a file. */
@Command(name = "run", description = {
        "Runs a layer or an encoder on the inputs in a file and writes its outputs to another.", "",
        "The input file holds F32 tensors [batch, length, features] under the layer's names (query, key; question, video; "
                + "input), and their valid lengths as I64 tensors [batch] called NAME_lengths (lengths for input). "
                + "Without lengths, a row whose features sum to 0 is padding.",
        "Of HGA and its encoders, question holds I64 ids of words [batch, length], or candidates [batch, 5, length] with "
                + "candidate_lengths [batch, 5]; resnet and c3d share video_lengths. Recurrences and graphs take all rows where "
                + "there are no lengths.",
        "For an encoder's folder it holds I64 tensors [batch, length]: input_ids, attention_mask, and where it applies "
                + "token_type_ids. What the folder has is written: last_hidden_state, pooler_output, sentence_embedding, "
                + "logits, scores, sparse_embedding.",
        ""}, footer = {"", "Examples:",
                "  lanewise run co-attention.safetensors input.safetensors -o output.safetensors --threads 2",
                "  lanewise run all-MiniLM-L6-v2 ids.safetensors -o output.safetensors --stages"})
final class RunCommand implements Callable<Integer> {

    /** Who computes. */
    enum Executor {
        PLAN, REFERENCE
    }

    private record Result(String outputs, Duration time) {}

    @Spec
    private CommandSpec spec;

    @Mixin
    private LayerOptions layer;

    @Parameters(index = "1", paramLabel = "INPUT", description = "Inputs of the layer or the encoder.")
    private Path input;

    @Option(names = {"-o", "--output"}, paramLabel = "OUTPUT", required = true, description = {
            "File to write; replaced as a whole, or not at all if anything fails."})
    private Path output;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = {
            "Threads that work on the run; ${DEFAULT-VALUE} unless given. The result has the same bits for any number."})
    private int threads;

    @Option(names = "--attention", description = "Write the attention maps, too.")
    private boolean attention;

    @Option(names = "--stages", description = {
            "Write what lies between, too, such as hidden_states.k, the input of an encoder's layer k."})
    private boolean stages;

    @Option(names = "--executor", paramLabel = "plan|reference", defaultValue = "plan", description = {
            "Who computes: the plan's fused passes, or the reference's naive loops; ${DEFAULT-VALUE} unless given."})
    private Executor executor;

    @Option(names = "--empty-attention", paramLabel = "zero|nan", defaultValue = "zero", description = {
            "What a query attends to whose keys are all padding: nothing, or NaN as in PyTorch; ${DEFAULT-VALUE} unless "
                    + "given."})
    private EmptyAttention emptyAttention;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        SessionOptions options = SessionOptions.defaults().threads(threads).attention(attention)
                .emptyAttention(emptyAttention).without(layer.passesOff());
        OutputPath.require(output, layer.weights(), input);
        try (Model model = layer.open()) {
            Inputs inputs = Inputs.load(input);
            SessionOptions fitting = FittingLimits.of(inputs, stages ? withStages(options, model) : options);
            model.check(fitting, inputs);
            Result result = compute(model, fitting, inputs);
            spec.commandLine().getOut().println(describe(model, inputs, result));
        }
        return 0;
    }

    private static SessionOptions withStages(SessionOptions options, Model model) {
        return options.outputs(model.outputs().toArray(String[]::new));
    }

    private Result compute(Model model, SessionOptions options, Inputs inputs) {
        return switch (executor) {
            case PLAN -> {
                try (Session session = model.newSession(options)) {
                    yield saved(session::run, inputs);
                }
            }
            case REFERENCE -> {
                try (ReferenceSession session = new ReferenceSession(model, options)) {
                    yield saved(session::run, inputs);
                }
            }
        };
    }

    private Result saved(Function<Inputs, Outputs> session, Inputs inputs) {
        long start = System.nanoTime();
        Outputs outputs = session.apply(inputs);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        outputs.save(output);
        return new Result(shapes(outputs.names(), outputs::shape), time);
    }

    private String describe(Model model, Inputs inputs, Result result) {
        String line = String.format(Locale.ROOT, "%s (%s): %s -> %s in %.2f ms, written to %s", model.layer(),
                Converters.word(executor),
                shapes(inputs.names(), inputs::shape), result.outputs(), result.time().toNanos() / 1e6, output);
        return LanewiseException.shorten(line, Integer.MAX_VALUE);
    }

    private static String shapes(Collection<String> names, Function<String, long[]> shape) {
        return names.stream().map(name -> name + " " + Arrays.toString(shape.apply(name)))
                .collect(Collectors.joining(", "));
    }
}
