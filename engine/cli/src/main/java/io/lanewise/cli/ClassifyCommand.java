package io.lanewise.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import io.lanewise.text.Label;
import io.lanewise.text.TextClassifier;
import io.lanewise.text.TextException;
import io.lanewise.text.TextPair;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Labels texts. */
@Command(name = "classify", description = {
        "Labels texts: each label with its probability, the likeliest first. Labels exclude each other unless the folder's "
                + "settings say multi_label_classification; where they say regression, scores are what the model gives.",
        ""}, footer = {"", "Examples:",
                "  lanewise classify distilbert-base-uncased-finetuned-sst-2-english \"It could have been worse.\"",
                "  lanewise classify nli-deberta-v3-small --json < pairs.jsonl"})
final class ClassifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private FolderOptions model;

    @Parameters(index = "1..*", paramLabel = "TEXT", description = {
            "Texts; - or none at all reads standard input, one a line."})
    private List<String> texts = List.of();

    @Option(names = "--json", description = {
            "Read a JSON string a line, or a list of two for a pair, and write a JSON object a line, labels in the model's "
                    + "order."})
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (TextClassifier classifier = TextClassifier.load(model.folder(), model.labelling())) {
            Texts.inBatches(texts, TextForm.textsOrPairs(json), spec.commandLine().getErr(), true, batch -> {
                List<List<Label>> labels = classify(classifier, batch);
                for (int i = 0; i < batch.size(); i++) {
                    out.println(json ? line(labels.get(i)) : table(batch.get(i), labels.get(i)));
                }
            });
        }
        return 0;
    }

    /** Texts beside each other are labelled together, and so are pairs. */
    private static List<List<Label>> classify(TextClassifier classifier, List<TextOrPair> batch) {
        List<List<Label>> labels = new ArrayList<>();
        for (int from = 0; from < batch.size();) {
            boolean pairs = batch.get(from).second() != null;
            int to = from;
            while (to < batch.size() && (batch.get(to).second() != null) == pairs) {
                to++;
            }
            try {
                labels.addAll(classify(classifier, batch.subList(from, to), pairs));
            } catch (TextException wrong) {
                throw wrong.in("texts", from + wrong.index());
            }
            from = to;
        }
        return labels;
    }

    private static List<List<Label>> classify(TextClassifier classifier, List<TextOrPair> some, boolean pairs) {
        return pairs
                ? classifier
                        .classifyPairs(some.stream().map(pair -> new TextPair(pair.first(), pair.second())).toList())
                : classifier.classify(some.stream().map(TextOrPair::first).toList());
    }

    /** An object's members must have names of their own: labels with the same one get their numbers. */
    private static String line(List<Label> labels) {
        Map<String, Long> counts = labels.stream()
                .collect(Collectors.groupingBy(Label::name, Collectors.counting()));
        return JsonLine.of(json -> {
            json.beginObject();
            for (int i = 0; i < labels.size(); i++) {
                String name = labels.get(i).name();
                JsonLine.write(json.name(counts.get(name) == 1 ? name : "%s [%d]".formatted(name, i)),
                        labels.get(i).score());
            }
            json.endObject();
        });
    }

    private static String table(TextOrPair text, List<Label> labels) {
        StringBuilder table = new StringBuilder(Visible.text(text.first())).append(System.lineSeparator());
        labels.stream().sorted(Comparator.comparing(Label::score).reversed()).forEach(label -> table.append(
                String.format(Locale.ROOT, "  %6.4f  %s%n", label.score(), Visible.name(label.name()))));
        return table.toString();
    }
}
