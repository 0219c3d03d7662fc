package io.lanewise.encoders;

import io.lanewise.Inputs;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.Tensor;
import io.lanewise.TokenBatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.lanewise.Thrown.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Tokens that no table has, or that are no tokens: refused before anything is computed, and the session goes on. */
class HostileTokensTest {

    private static Model model;
    private static Session session;

    @BeforeAll
    static void open() {
        model = Model.load(EncoderCase.of("bert/odd").folder());
        session = model.newSession(SessionOptions.defaults().maxBatch(3).maxLength(20));
    }

    @AfterAll
    static void close() {
        session.close();
        model.close();
    }

    private static Tensor ids(int batch, int length, int... ids) {
        return Tensor.ids(ids, batch, length);
    }

    private static void assertInputsRefused(String message, Inputs inputs) {
        assertRefused(message, () -> session.run(inputs));
        session.run(Inputs.of("input_ids", ids(1, 1, 5)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 61, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void shouldRefuseIdsOutOfRange(int id) {
        assertInputsRefused("an id must be from 0 to 60: input_ids[1][2]=" + id,
                Inputs.of("input_ids", ids(2, 3, 1, 2, 3, 4, 5, id)));
        assertInputsRefused("an id must be from 0 to 1: token_type_ids[0][1]=" + id,
                Inputs.of("input_ids", ids(1, 3, 1, 2, 3)).and("token_type_ids", ids(1, 3, 0, id, 1)));
        assertRefused("an id must be from 0 to 60: input_ids[0][0]=" + id, () -> session.runTokens(batch(id)));
    }

    private static TokenBatch batch(int... ids) {
        TokenBatch batch = new TokenBatch(1, false);
        batch.set(new int[][]{ids}, null, new int[]{0}, 0, 1);
        return batch;
    }

    @Test
    void shouldNotLookAtIdsOfPadding() {
        session.run(Inputs.of("input_ids", ids(1, 3, 1, -7, Integer.MAX_VALUE), 1));
    }

    @Test
    void shouldRefuseMasksWithHoles() {
        boolean[][] hole = {{true, true, true}, {true, false, true}};
        assertInputsRefused("padding must stand before or behind a sample's tokens: input_ids[1][1]",
                Inputs.none().andMasked("input_ids", ids(2, 3, 1, 2, 3, 4, 5, 6), hole));
    }

    @Test
    void shouldRefuseEmptySamples() {
        assertInputsRefused("a sample must have at least one token that is no padding: input=input_ids, sample=1",
                Inputs.of("input_ids", ids(2, 2, 1, 2, 3, 4), 2, 0));
        assertInputsRefused("input must have at least one sample and one row: input_ids is [1, 0]",
                Inputs.of("input_ids", ids(1, 0)));
        assertRefused("input must have at least one sample and one row: input_ids is [1, 0]",
                () -> session.runTokens(batch()));
    }

    @Test
    void shouldRefuseTensorsOfAnotherRankOrType() {
        assertInputsRefused("input must be ids [batch, length]: input_ids is [2, 3, 1]",
                Inputs.of("input_ids", Tensor.ids(new int[6], 2, 3, 1)));
        assertInputsRefused("input must be ids [batch, length]: input_ids is of floats, [2, 3]",
                Inputs.of("input_ids", Tensor.copyOf(new float[6], 2, 3)));
    }

    @Test
    void shouldRefuseMasksOfAnotherShape() {
        assertInputsRefused("lengths must be one a sample: input_ids lengths=1, batch=2",
                Inputs.of("input_ids", ids(2, 2, 1, 2, 3, 4), 2));
        assertInputsRefused("lengths must not exceed the padded length: input_ids lengths[1]=3, padded length=2",
                Inputs.of("input_ids", ids(2, 2, 1, 2, 3, 4), 1, 3));
        assertInputsRefused("a row mask must be [batch][length]: input=input_ids, tensor=[2, 2]",
                Inputs.none().andMasked("input_ids", ids(2, 2, 1, 2, 3, 4), new boolean[][]{{true, true}, {true}}));
        assertInputsRefused(
                "padding must be given with the input that tells it: input=token_type_ids, give it with input_ids",
                Inputs.of("input_ids", ids(1, 2, 1, 2)).and("token_type_ids", ids(1, 2, 0, 0), 1));
    }

    @Test
    void shouldRefuseTypesOfAnotherLength() {
        assertInputsRefused("input must be as long as input_ids: token_type_ids is [1, 3], length=2",
                Inputs.of("input_ids", ids(1, 2, 1, 2)).and("token_type_ids", ids(1, 3, 0, 0, 0)));
        assertInputsRefused("inputs must have the same batch: token_type_ids is [2, 2], batch=1",
                Inputs.of("input_ids", ids(1, 2, 1, 2)).and("token_type_ids", ids(2, 2, 0, 0, 0, 0)));
    }

    @Test
    void shouldRefuseMoreThanTheSessionOrTheTableIsFor() {
        assertInputsRefused("batch must not exceed the session's: input_ids is [4, 1], maxBatch=3",
                Inputs.of("input_ids", ids(4, 1, 1, 2, 3, 4)));
        assertInputsRefused("length must not exceed the session's: input_ids is [1, 21], maxLength=20",
                Inputs.of("input_ids", ids(1, 21, new int[21])));
        assertInputsRefused("input must not be longer than its position table: input_ids is [1, 33], max_len=32",
                Inputs.of("input_ids", ids(1, 33, new int[33])));
    }

    @Test
    void shouldRefuseInputsThatTheModelDoesNotTake() {
        assertInputsRefused("bert takes the inputs input_ids, token_type_ids: unexpected input attention_mask",
                Inputs.of("input_ids", ids(1, 1, 1)).and("attention_mask", ids(1, 1, 1)));
        assertInputsRefused("bert takes the inputs input_ids, token_type_ids: missing input input_ids",
                Inputs.of("token_type_ids", ids(1, 1, 1)));
    }

    @Test
    void shouldRefuseTextsThatDoNotFitTheirBatch() {
        TokenBatch batch = new TokenBatch(1, true);
        int[][] two = {{1}, {2}};
        assertRefused("texts must fit the batch: texts=2, maxTexts=1, types=true, expected types=true",
                () -> batch.set(two, two, new int[]{0, 1}, 0, 2));
        assertRefused("texts must fit the batch: texts=1, maxTexts=1, types=false, expected types=true",
                () -> batch.set(two, null, new int[]{0, 1}, 0, 1));
        assertRefused("types must be as many as ids: text=0, ids=1, types=2",
                () -> batch.set(two, new int[][]{{0, 0}}, new int[]{0}, 0, 1));
        assertRefused("maxTexts must be at least 1: maxTexts=0", () -> new TokenBatch(0, false));
        assertEquals("texts of [] tokens", new TokenBatch(1, true).toString());
    }
}
