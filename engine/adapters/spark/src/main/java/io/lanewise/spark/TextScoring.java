package io.lanewise.spark;

import java.util.List;

import io.lanewise.text.CrossEncoder;
import io.lanewise.text.TextPair;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Scores how well the texts of a column answer the queries of another, by a cross-encoder: the new column is of {@code float}. */
public final class TextScoring extends TextTransformer {

    private static final long serialVersionUID = 1;

    private final Param<String> queryCol;

    /** Makes a transformer; its location must be set. */
    public TextScoring() {
        this(Identifiable$.MODULE$.randomUID("textScoring"));
    }

    /** Makes a transformer of a name, as Spark's readers and Python do. */
    public TextScoring(String uid) {
        super(uid, "score");
        queryCol = text("queryCol", "the column of queries");
        setDefault(queryCol, "query");
    }

    /** Returns the param of the column of queries. */
    public Param<String> queryCol() {
        return queryCol;
    }

    /** Sets the column of queries; {@code query} by default. */
    public TextScoring setQueryCol(String name) {
        set(queryCol, name);
        return this;
    }

    @Override
    String[] inputs() {
        return new String[]{getOrDefault(queryCol), getOrDefault(inputCol())};
    }

    @Override
    DataType resultType() {
        return DataTypes.FloatType;
    }

    @Override
    ColumnModel columnModel(ModelFiles files) {
        return new Scoring(files, options());
    }

    /** How executors score. */
    private record Scoring(ModelFiles files, SentOptions options) implements ColumnModel {

        @Override
        public Loaded load() {
            CrossEncoder encoder = files.here().load(folder -> CrossEncoder.load(folder, options.here()));
            return new Loaded() {
                @Override
                public int maxTokens() {
                    return encoder.maxTokens();
                }

                @Override
                public Object[] compute(List<String[]> rows) {
                    float[] scores = encoder.score(rows.stream().map(row -> new TextPair(row[0], row[1])).toList());
                    Object[] results = new Object[scores.length];
                    for (int i = 0; i < results.length; i++) {
                        results[i] = scores[i];
                    }
                    return results;
                }

                @Override
                public void close() {
                    encoder.close();
                }
            };
        }
    }

    /** Returns what reads a transformer that was saved. */
    public static MLReader<TextScoring> read() {
        return new DefaultParamsReader<>();
    }

    /** Reads a transformer that was saved. */
    public static TextScoring load(String path) {
        return read().load(path);
    }
}
