package io.lanewise.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.lanewise.LanewiseException;
import io.lanewise.text.Aggregation;
import io.lanewise.text.Entity;
import io.lanewise.text.TextException;
import io.lanewise.text.TokenClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds the parts of texts that have a label. */
@Command(name = "entities", description = {
        "Finds the parts of texts that have a label, such as names of people and places: span in UTF-16 units, label, "
                + "score, and what stands there.",
        ""}, footer = {"", "Examples:", "  lanewise entities bert-base-NER \"Angela met Ada in London.\"",
                "  lanewise entities bert-base-NER --aggregation first --json < texts.jsonl"})
final class EntitiesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private FolderOptions model;

    @Parameters(index = "1..*", paramLabel = "TEXT", description = {
            "Texts; - or none at all reads standard input, one a line."})
    private List<String> texts = List.of();

    @Option(names = "--aggregation", paramLabel = "HOW", defaultValue = "simple", description = {
            "How tokens become entities: none, each by itself; simple (default), neighbours with the same label are one; "
                    + "first, average or max, a word has the label of its first token, of all, or of the surest one."})
    private Aggregation aggregation;

    @Option(names = "--json", description = "Read a JSON string a line, and write a JSON list of objects a line.")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (TokenClassifier classifier = TokenClassifier.load(model.folder(), model.labelling())) {
            Texts.inBatches(texts, TextForm.texts(json), spec.commandLine().getErr(), true, batch -> {
                for (int i = 0; i < batch.size(); i++) {
                    List<Entity> entities = entities(classifier, batch, i);
                    out.println(json ? line(entities) : table(entities));
                }
            });
        }
        return 0;
    }

    private List<Entity> entities(TokenClassifier classifier, List<TextOrPair> batch, int i) {
        try {
            return classifier.entities(batch.get(i).first(), aggregation);
        } catch (LanewiseException wrong) {
            throw TextException.of(wrong, "texts", i);
        }
    }

    private static String line(List<Entity> entities) {
        return JsonLine.of(json -> {
            json.beginArray();
            for (Entity entity : entities) {
                json.beginObject();
                json.name("label").value(entity.label());
                JsonLine.write(json.name("score"), entity.score());
                json.name("start").value(entity.start());
                json.name("end").value(entity.end());
                json.name("text").value(entity.text());
                json.endObject();
            }
            json.endArray();
        });
    }

    private static String table(List<Entity> entities) {
        StringBuilder table = new StringBuilder();
        int width = entities.stream().mapToInt(entity -> Visible.name(entity.label()).length()).max().orElse(0);
        for (Entity entity : entities) {
            table.append(String.format(Locale.ROOT, "%5d-%-5d  %-" + Math.max(1, width) + "s  %6.4f  %s%n",
                    entity.start(), entity.end(), Visible.name(entity.label()), entity.score(),
                    Visible.text(entity.text())));
        }
        return table.toString();
    }
}
