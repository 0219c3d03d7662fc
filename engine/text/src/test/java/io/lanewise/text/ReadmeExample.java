package io.lanewise.text;

import java.nio.file.Path;
import java.util.List;

/** The README's first example; {@link ReadmeTest} holds the two together. */
final class ReadmeExample {

    private ReadmeExample() {}

    // @formatter:off
    static void run() {
        // README
        try (TextEmbedder embedder = TextEmbedder.load(Path.of("all-MiniLM-L6-v2"))) {
            float[] question = embedder.embed("How do I get my money back?");
            float[][] answers = embedder.embed(List.of("Returns and refunds", "Opening hours"));
            for (float[] answer : answers) {
                float cosine = 0;
                for (int i = 0; i < question.length; i++) {
                    cosine += question[i] * answer[i];
                }
                System.out.println(cosine);
            }
        }
        // README
    }
    // @formatter:on
}
