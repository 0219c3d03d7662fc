package io.lanewise.spark;

import java.util.Arrays;

import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What transformers of texts share: where the model is, which column they read and write, and how rows go through it.
 *
 * <p>Rows are taken a batch of tokens at a time, computed from short to long, and come out in their order. An executor's JVM has one
 * model, which its tasks share and which is closed some time after the last of them. A null text has a null result. Settings are those
 * of Spark ML: {@code params}, {@code save} and {@code load}; {@code transformSchema} loads nothing.
 */
public abstract class TextTransformer extends Transformer implements MLWritable {

    private static final long serialVersionUID = 1;

    private static final int BATCH_TOKENS = 32_768;

    private final String uid;
    private final Param<String> location;
    private final Param<String> inputCol;
    private final Param<String> outputCol;
    private final IntParam maxTokens;
    private final IntParam batchTokens;

    TextTransformer(String uid, String result) {
        this.uid = uid;
        location = text("location",
                "where executors find the model's folder: a path, file:…, jar:…, classpath:…, or files:NAME for what came by --files or --archives");
        inputCol = text("inputCol", "the column of texts");
        outputCol = text("outputCol", "the new column of results");
        maxTokens = new IntParam(this, "maxTokens", "the most tokens of a text; 0 for what the folder says",
                ParamValidators.gtEq(0));
        batchTokens = new IntParam(this, "batchTokens", "about how many tokens are computed before rows go on",
                ParamValidators.gt(0));
        setDefault(inputCol, "text");
        setDefault(outputCol, result);
        setDefault(maxTokens, 0);
        setDefault(batchTokens, BATCH_TOKENS);
    }

    final Param<String> text(String name, String doc) {
        return new Param<>(this, name, doc);
    }

    /** Returns the name that tells this transformer from others. */
    @Override
    public String uid() {
        return uid;
    }

    // ---------------------------------------------------------------- params, found by their names

    /** Returns the param of the model's folder. */
    public Param<String> location() {
        return location;
    }

    /** Returns the param of the column of texts. */
    public Param<String> inputCol() {
        return inputCol;
    }

    /** Returns the param of the new column. */
    public Param<String> outputCol() {
        return outputCol;
    }

    /** Returns the param of a text's most tokens. */
    public IntParam maxTokens() {
        return maxTokens;
    }

    /** Returns the param of a batch's tokens. */
    public IntParam batchTokens() {
        return batchTokens;
    }

    /** Sets where executors find the model's folder. */
    public TextTransformer setLocation(String where) {
        set(location, where);
        return this;
    }

    /** Sets the column of texts; {@code text} by default. */
    public TextTransformer setInputCol(String name) {
        set(inputCol, name);
        return this;
    }

    /** Sets the new column. */
    public TextTransformer setOutputCol(String name) {
        set(outputCol, name);
        return this;
    }

    /** Sets the most tokens of a text; by default what the folder says. */
    public TextTransformer setMaxTokens(int count) {
        set(maxTokens, count);
        return this;
    }

    /** Sets about how many tokens are computed before rows go on; 32,768 by default. */
    public TextTransformer setBatchTokens(int count) {
        set(batchTokens, count);
        return this;
    }

    // ---------------------------------------------------------------- what it does

    /** Returns how executors load the model and what they ask of it. */
    abstract ColumnModel columnModel(ModelFiles files);

    /** Returns the type of the new column. */
    abstract DataType resultType();

    final SentOptions options() {
        return new SentOptions(number(maxTokens));
    }

    /** Scala's Int is an Object to Java. */
    final int number(IntParam param) {
        return (Integer) getOrDefault(param);
    }

    /** Returns the rows with one more column, computed when Spark asks for them. */
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = transformSchema(dataset.schema());
        int[] columns = Arrays.stream(inputs()).mapToInt(dataset.schema()::fieldIndex).toArray();
        ColumnModel model = columnModel(new ModelFiles(getOrDefault(location)));
        return dataset.toDF().mapPartitions(new Partition(model, columns, number(batchTokens)), Encoders.row(schema));
    }

    /** Returns the columns that are read. */
    String[] inputs() {
        return new String[]{getOrDefault(inputCol)};
    }

    /**
     * Returns the schema with the new column; loads nothing.
     *
     * @throws IllegalArgumentException if there is no column of texts, or one of the new column's name already
     */
    @Override
    public StructType transformSchema(StructType schema) {
        getOrDefault(location);
        for (String input : inputs()) {
            StructField field = schema.apply(input);
            if (!field.dataType().equals(DataTypes.StringType)) {
                throw new IllegalArgumentException(
                        "a column of texts must be of type string: column=%s, type=%s".formatted(input,
                                field.dataType().simpleString()));
            }
        }
        String output = getOrDefault(outputCol);
        if (Arrays.asList(schema.fieldNames()).contains(output)) {
            throw new IllegalArgumentException("the new column must not be there yet: column=" + output);
        }
        return schema.add(output, resultType(), true);
    }

    @Override
    public Transformer copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    @Override
    public MLWriter write() {
        return new DefaultParamsWriter(this);
    }
}
