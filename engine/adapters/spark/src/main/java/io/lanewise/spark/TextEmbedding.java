package io.lanewise.spark;

import java.util.List;

import io.lanewise.text.EmbeddingOptions;
import io.lanewise.text.TextEmbedder;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Embeds a column of texts: the new column is of {@code array<float>}. */
public final class TextEmbedding extends TextTransformer {

    private static final long serialVersionUID = 1;

    private final Param<String> prompt;
    private final IntParam dimensions;

    /** Makes a transformer; its location must be set. */
    public TextEmbedding() {
        this(Identifiable$.MODULE$.randomUID("textEmbedding"));
    }

    /** Makes a transformer of a name, as Spark's readers and Python do. */
    public TextEmbedding(String uid) {
        super(uid, "embedding");
        prompt = text("prompt",
                "the name of the folder's prompt that is written before each text; empty for the default");
        dimensions = new IntParam(this, "dimensions", "how many of the first numbers are kept; 0 for all",
                ParamValidators.gtEq(0));
        setDefault(prompt, "");
        setDefault(dimensions, 0);
    }

    /** Returns the param of the prompt. */
    public Param<String> prompt() {
        return prompt;
    }

    /** Returns the param of the numbers that are kept. */
    public IntParam dimensions() {
        return dimensions;
    }

    /** Sets the folder's prompt that is written before each text. */
    public TextEmbedding setPrompt(String name) {
        set(prompt, name);
        return this;
    }

    /** Sets how many of the first numbers are kept. */
    public TextEmbedding setDimensions(int count) {
        set(dimensions, count);
        return this;
    }

    @Override
    DataType resultType() {
        return DataTypes.createArrayType(DataTypes.FloatType, false);
    }

    @Override
    ColumnModel columnModel(ModelFiles files) {
        String name = getOrDefault(prompt);
        return new Embedding(files, options(), name.isEmpty() ? null : name,
                number(dimensions));
    }

    /** How executors embed. */
    private record Embedding(ModelFiles files, SentOptions options, String prompt, int dimensions)
            implements
                ColumnModel {

        @Override
        public Loaded load() {
            TextEmbedder embedder = files.here().load(folder -> TextEmbedder.load(folder, options.here()));
            EmbeddingOptions asked = new EmbeddingOptions(prompt, dimensions);
            return new Loaded() {
                @Override
                public int maxTokens() {
                    return embedder.maxTokens();
                }

                @Override
                public Object[] compute(List<String[]> rows) {
                    return embedder.embed(rows.stream().map(row -> row[0]).toList(), asked);
                }

                @Override
                public void close() {
                    embedder.close();
                }
            };
        }
    }

    /** Returns what reads a transformer that was saved. */
    public static MLReader<TextEmbedding> read() {
        return new DefaultParamsReader<>();
    }

    /** Reads a transformer that was saved. */
    public static TextEmbedding load(String path) {
        return read().load(path);
    }
}
