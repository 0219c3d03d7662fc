package io.lanewise.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.lanewise.LanewiseException;
import io.lanewise.text.CrossEncoder;
import io.lanewise.text.TextPair;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts documents in the order in which they answer a query. */
@Command(name = "rerank", description = {"Says how well documents answer a query, best first, reading both together.",
        ""}, footer = {"", "Examples:",
                "  lanewise rerank ms-marco-MiniLM-L6-v2 \"How do I get my money back?\" \"Returns and refunds\" \"Opening hours\"",
                "  lanewise rerank bge-reranker-base \"opening hours\" - < documents.txt",
                "  lanewise rerank bge-reranker-base --json < pairs.jsonl"})
final class RerankCommand implements Callable<Integer> {

    private record Scored(float score, String document) {}

    @Spec
    private CommandSpec spec;

    @Mixin
    private FolderOptions model;

    @Parameters(index = "1", arity = "0..1", paramLabel = "QUERY", description = {
            "What is asked; with --json, none at all reads pairs of a query and a document."})
    private String query;

    @Parameters(index = "2..*", paramLabel = "DOC", description = {
            "Documents; - or none at all reads standard input, one a line."})
    private List<String> documents = List.of();

    @Option(names = "--json", description = {
            "Read a JSON string a line, or a list of query and document, and write a JSON object a line, in the order of "
                    + "the input."})
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        boolean pairs = query == null || query.equals("-") && documents.isEmpty();
        if (pairs && !json) {
            throw new LanewiseException("a query must be given, or --json for lines of a query and a document");
        }
        if (!pairs) {
            Texts.requireReadable(query);
        }
        TextForm form = pairs ? TextForm.JSON_PAIR : TextForm.texts(json);
        List<Scored> scored = new ArrayList<>();
        try (CrossEncoder reranker = CrossEncoder.load(model.folder(), model.labelling())) {
            Texts.inBatches(documents, form, spec.commandLine().getErr(), json, batch -> {
                float[] scores = reranker.score(batch.stream().map(text -> pair(text, pairs)).toList());
                for (int i = 0; i < scores.length; i++) {
                    if (json) {
                        print(scores[i]);
                    } else {
                        scored.add(new Scored(scores[i], batch.get(i).first()));
                    }
                }
            });
        }
        print(scored);
        return 0;
    }

    private TextPair pair(TextOrPair text, boolean pairs) {
        return pairs ? new TextPair(text.first(), text.second()) : new TextPair(query, text.first());
    }

    private void print(float score) {
        spec.commandLine().getOut().println(JsonLine.of(json -> {
            json.beginObject();
            JsonLine.write(json.name("score"), score);
            json.endObject();
        }));
    }

    private void print(List<Scored> scored) {
        PrintWriter out = spec.commandLine().getOut();
        scored.stream().sorted(Comparator.comparing(Scored::score).reversed()).forEach(each -> out.println(
                String.format(Locale.ROOT, "%8.4f  %s", each.score(), Visible.text(each.document()))));
    }
}
