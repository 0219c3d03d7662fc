package io.lanewise.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

import io.lanewise.text.EmbeddingOptions;
import io.lanewise.text.ModelLocation;
import io.lanewise.text.TextEmbedder;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Settings, schemas, and rows through a model, without a cluster. */
@Tag("frameworks")
class TextTransformerTest {

    private static final String LOCATION = "classpath:models/embedder";
    private static final StructType SCHEMA = new StructType().add("id", DataTypes.LongType).add("text",
            DataTypes.StringType);

    @Test
    void shouldSayItsSchemaWithoutAModel() {
        Transformer embedding = new TextEmbedding().setLocation("/nowhere").setOutputCol("vector");
        assertEquals("struct<id:bigint,text:string,vector:array<float>>",
                embedding.transformSchema(SCHEMA).simpleString());
        assertEquals("struct<id:bigint,text:string,labels:array<struct<label:string,score:float>>>",
                new TextLabelling().setLocation("/nowhere").transformSchema(SCHEMA).simpleString());
        assertEquals("struct<id:bigint,text:string,query:string,score:float>",
                new TextScoring().setLocation("/nowhere").transformSchema(SCHEMA.add("query", DataTypes.StringType))
                        .simpleString());
    }

    @Test
    void shouldRefuseSchemasThatDoNotFit() {
        TextEmbedding embedding = new TextEmbedding();
        assertThrowsExactly(NoSuchElementException.class, () -> embedding.transformSchema(SCHEMA));
        embedding.setLocation("/nowhere").setInputCol("id");
        assertEquals("a column of texts must be of type string: column=id, type=bigint",
                assertThrowsExactly(IllegalArgumentException.class, () -> embedding.transformSchema(SCHEMA))
                        .getMessage());
        embedding.setInputCol("text").setOutputCol("id");
        assertEquals("the new column must not be there yet: column=id",
                assertThrowsExactly(IllegalArgumentException.class, () -> embedding.transformSchema(SCHEMA))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new TextScoring().setLocation("/nowhere")
                .transformSchema(SCHEMA));
    }

    /** What pyspark does: a constructor of a name, params by their names, values as objects. */
    @Test
    void shouldBeUsableByName() throws ReflectiveOperationException {
        for (String name : List.of("TextEmbedding", "TextScoring", "TextLabelling")) {
            Transformer made = (Transformer) Class.forName("io.lanewise.spark." + name).getConstructor(String.class)
                    .newInstance("mine");
            assertEquals("mine", made.uid());
            for (String param : List.of("location", "inputCol", "outputCol", "maxTokens", "batchTokens")) {
                assertTrue(made.hasParam(param), name + "." + param);
            }
            Param<Object> location = made.getParam("location");
            made.set(location.w("/models/x"));
            assertEquals("/models/x", made.getOrDefault(location));
            Transformer copy = made.copy(made.extractParamMap());
            assertEquals("mine", copy.uid());
            assertEquals("/models/x", copy.getOrDefault(copy.getParam("location")));
        }
    }

    @Test
    void shouldShareOneModelAmongTasks() {
        ColumnModel how = new TextEmbedding().columnModel(new ModelFiles(LOCATION));
        ColumnModel.Loaded first = SharedModels.take(how);
        ColumnModel.Loaded second = SharedModels.take(new TextEmbedding().columnModel(new ModelFiles(LOCATION)));
        assertSame(first, second);
        SharedModels.giveBack(how);
        SharedModels.giveBack(how);
        assertSame(first, SharedModels.take(how), "a model lingers for the next wave of tasks");
        SharedModels.giveBack(how);
    }

    @Test
    void shouldGiveRowsTheirResultsInTheirOrder() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            rows.add(RowFactory.create((long) i, i % 7 == 3 ? null : "w" + i % 40 + " w1".repeat(i * 13 % 19)));
        }
        ColumnModel how = new TextEmbedding().setPrompt("query").setDimensions(5)
                .columnModel(new ModelFiles(LOCATION));
        ColumnModel.Loaded model = SharedModels.take(how);
        try (TextEmbedder embedder = ModelLocation.of(LOCATION).load(TextEmbedder::load)) {
            for (int batchTokens : new int[]{1, 100, 100_000}) {
                List<Row> done = new ArrayList<>();
                new BatchedRows(rows.iterator(), model, new int[]{1}, batchTokens).forEachRemaining(done::add);
                assertEquals(rows.size(), done.size());
                for (int i = 0; i < done.size(); i++) {
                    Row row = done.get(i);
                    assertEquals((long) i, row.getLong(0));
                    if (row.isNullAt(1)) {
                        assertNull(row.get(2));
                    } else {
                        assertArrayEquals(
                                embedder.embed(row.getString(1),
                                        EmbeddingOptions.defaults().prompt("query").dimensions(5)),
                                floats(row.getList(2)), row.toString());
                    }
                }
            }
        } finally {
            SharedModels.giveBack(how);
        }
    }

    private static float[] floats(List<Float> list) {
        float[] floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = list.get(i);
        }
        return floats;
    }
}
