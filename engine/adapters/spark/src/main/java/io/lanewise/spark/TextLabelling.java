package io.lanewise.spark;

import java.util.List;

import io.lanewise.text.Label;
import io.lanewise.text.TextClassifier;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Classifies a column of texts: the new column is of {@code array<struct<label:string, score:float>>}, a probability for each label in the
 * model's order.
 */
public final class TextLabelling extends TextTransformer {

    private static final long serialVersionUID = 1;

    /** Makes a transformer; its location must be set. */
    public TextLabelling() {
        this(Identifiable$.MODULE$.randomUID("textLabelling"));
    }

    /** Makes a transformer of a name, as Spark's readers and Python do. */
    public TextLabelling(String uid) {
        super(uid, "labels");
    }

    @Override
    DataType resultType() {
        return DataTypes.createArrayType(DataTypes.createStructType(new StructField[]{
                DataTypes.createStructField("label", DataTypes.StringType, false),
                DataTypes.createStructField("score", DataTypes.FloatType, false)}), false);
    }

    @Override
    ColumnModel columnModel(ModelFiles files) {
        return new Labelling(files, options());
    }

    /** How executors classify. */
    private record Labelling(ModelFiles files, SentOptions options) implements ColumnModel {

        @Override
        public Loaded load() {
            TextClassifier classifier = files.here().load(folder -> TextClassifier.load(folder, options.here()));
            return new Loaded() {
                @Override
                public int maxTokens() {
                    return classifier.maxTokens();
                }

                @Override
                public Object[] compute(List<String[]> rows) {
                    return classifier.classify(rows.stream().map(row -> row[0]).toList()).stream().map(Labelling::rows)
                            .toArray();
                }

                @Override
                public void close() {
                    classifier.close();
                }
            };
        }

        private static Row[] rows(List<Label> labels) {
            return labels.stream().map(label -> RowFactory.create(label.name(), label.score())).toArray(Row[]::new);
        }
    }

    /** Returns what reads a transformer that was saved. */
    public static MLReader<TextLabelling> read() {
        return new DefaultParamsReader<>();
    }

    /** Reads a transformer that was saved. */
    public static TextLabelling load(String path) {
        return read().load(path);
    }
}
