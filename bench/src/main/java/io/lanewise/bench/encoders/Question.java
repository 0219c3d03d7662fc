package io.lanewise.bench.encoders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;

import io.lanewise.text.TextEmbedder;
import io.lanewise.tokenizers.Tokenizer;

/**
 * What a process that has just started is asked. The arrays are neither copied nor written to.
 *
 * @param text a question
 * @param ids its tokens, for libraries without a tokenizer
 * @param vector what is to come out
 */
public record Question(String text, int[] ids, float[] vector) {

    private static final String BETWEEN = " ";

    /**
     * Returns the first question of so many tokens, special ones included.
     *
     * @param folder the model, as {@link MiniLm#importTo} wrote it
     * @throws IllegalArgumentException if there is none
     */
    public static Question of(int tokens, Path folder) {
        Tokenizer tokenizer = MiniLm.tokenizer();
        String text = English.QUESTIONS.stream().filter(question -> tokenizer.ids(question).length == tokens)
                .findFirst().orElseThrow(() -> new IllegalArgumentException(
                        "there must be a question of so many tokens: tokens=" + tokens));
        try (TextEmbedder embedder = TextEmbedder.load(folder)) {
            return new Question(text, tokenizer.ids(text), embedder.embed(text));
        }
    }

    /** Writes three lines, so that a process under measurement need not load what made them. */
    public void write(Path file) throws IOException {
        StringJoiner numbers = new StringJoiner(BETWEEN);
        for (int id : ids) {
            numbers.add(Integer.toString(id));
        }
        StringJoiner floats = new StringJoiner(BETWEEN);
        for (float number : vector) {
            floats.add(Float.toString(number));
        }
        Files.write(file, List.of(text, numbers.toString(), floats.toString()));
    }

    /** Reads what {@link #write} wrote. */
    public static Question read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] numbers = lines.get(1).split(BETWEEN);
        int[] ids = new int[numbers.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = Integer.parseInt(numbers[i]);
        }
        String[] floats = lines.get(2).split(BETWEEN);
        float[] vector = new float[floats.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = Float.parseFloat(floats[i]);
        }
        return new Question(lines.getFirst(), ids, vector);
    }
}
