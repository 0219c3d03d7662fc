package io.lanewise.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that holds the others. */
@Command(name = "lanewise", versionProvider = Version.class, subcommands = {RunCommand.class, TokensCommand.class,
        EmbedCommand.class, RerankCommand.class, ClassifyCommand.class, EntitiesCommand.class, SimilarCommand.class,
        ImportCommand.class, VerifyCommand.class, ExplainCommand.class, HeatmapCommand.class, InspectCommand.class,
        DoctorCommand.class}, synopsisSubcommandLabel = "COMMAND", description = {
                "Runs transformer encoders and attention layers on the CPU: text in, vector, score or label out. A FOLDER is "
                        + "a model as the Hugging Face hub has it; files of numbers are safetensors, and pictures PNG.",
                ""}, commandListHeading = "%nCommands:%n", footer = {
                        "", "Each command has a help text of its own: lanewise embed --help",
                        "A mistake exits with 2 and one line on standard error.", "", "Examples:",
                        "  lanewise embed all-MiniLM-L6-v2 \"How do I get my money back?\"",
                        "  lanewise run co-attention.safetensors input.safetensors -o output.safetensors"})
final class LanewiseCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(names = "--version", versionHelp = true, description = "Print the version.")
    private boolean version;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(),
                "a command must be given, one of " + String.join(", ", spec.subcommands().keySet()));
    }
}
