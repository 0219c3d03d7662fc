package io.lanewise;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import static io.lanewise.Thrown.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Every rule at the door: which inputs a run takes, and how they must fit the weights, the session and each other. */
@TestInstance(Lifecycle.PER_CLASS)
class InputsTest {

    private Model co;
    private Model single;
    private Session session;
    private Session withValue;

    @BeforeAll
    void open() {
        co = RandomLayer.of("co-attention", 6, 1).model();
        single = RandomLayer.of("single-attention", 6, 1).model();
        session = co.newSession(SessionOptions.defaults().maxBatch(3).maxLength(8).maxLength("question", 4));
        withValue = single.newSession(SessionOptions.defaults().maxBatch(3).maxLength(8));
    }

    @AfterAll
    void close() {
        session.close();
        withValue.close();
        co.close();
        single.close();
    }

    private static Tensor tensor(long... shape) {
        long floats = 1;
        for (long size : shape) {
            floats *= size;
        }
        return Tensor.copyOf(new float[(int) floats], shape);
    }

    private static Inputs questionAndVideo(Tensor question, Tensor video) {
        return Inputs.of("question", question).and("video", video);
    }

    private void assertDoorRefuses(String message, Inputs inputs) {
        assertRefused(message, () -> session.run(inputs));
        Outputs outputs = session.run(questionAndVideo(tensor(1, 4, 6), tensor(1, 8, 6)));
        assertEquals(4 * 6, outputs.floats("output_q").remaining(), "the session must stay usable");
    }

    @Test
    void shouldRefuseMissingInputs() {
        assertDoorRefuses("co-attention takes the inputs question, video: missing input video",
                Inputs.of("question", tensor(1, 2, 6)));
        assertDoorRefuses("co-attention takes the inputs question, video: missing input question", Inputs.none());
        assertRefused("single-attention takes the inputs query, key, value: missing input key",
                () -> withValue.run(Inputs.of("query", tensor(1, 2, 6)).and("value", tensor(1, 2, 6))));
    }

    @Test
    void shouldRefuseUnknownInputs() {
        assertDoorRefuses("co-attention takes the inputs question, video: unexpected input answer",
                questionAndVideo(tensor(1, 2, 6), tensor(1, 3, 6)).and("answer", tensor(1, 2, 6)));
    }

    @Test
    void shouldRefuseAnInputTwice() {
        assertRefused("inputs must have distinct names: name=question",
                () -> questionAndVideo(tensor(1, 2, 6), tensor(1, 3, 6)).and("question", tensor(1, 2, 6)));
    }

    @Test
    void shouldRefuseMisshapenInputs() {
        assertDoorRefuses("input must be [batch, length, 6]: video is [1, 3, 5]",
                questionAndVideo(tensor(1, 2, 6), tensor(1, 3, 5)));
        assertDoorRefuses("input must be [batch, length, 6]: question is [2, 6]",
                questionAndVideo(tensor(2, 6), tensor(1, 3, 6)));
        assertDoorRefuses("input must be [batch, length, 6]: question is [1, 1, 2, 6]",
                questionAndVideo(tensor(1, 1, 2, 6), tensor(1, 3, 6)));
        assertDoorRefuses("input must have at least one sample and one row: question is [1, 0, 6]",
                questionAndVideo(tensor(1, 0, 6), tensor(1, 3, 6)));
        assertDoorRefuses("input must have at least one sample and one row: question is [0, 2, 6]",
                questionAndVideo(tensor(0, 2, 6), tensor(0, 3, 6)));
    }

    @Test
    void shouldRefuseInputsThatDoNotFitEachOther() {
        assertDoorRefuses("inputs must have the same batch: video is [1, 3, 6], batch=2",
                questionAndVideo(tensor(2, 2, 6), tensor(1, 3, 6)));
        assertRefused("input must be as long as key: value is [1, 4, 6], length=3",
                () -> withValue.run(Inputs.of("query", tensor(1, 2, 6)).and("key", tensor(1, 3, 6))
                        .and("value", tensor(1, 4, 6))));
    }

    @Test
    void shouldRefuseMoreThanTheSessionIsReadyFor() {
        assertDoorRefuses("batch must not exceed the session's: question is [4, 2, 6], maxBatch=3",
                questionAndVideo(tensor(4, 2, 6), tensor(4, 3, 6)));
        assertDoorRefuses("length must not exceed the session's: question is [1, 5, 6], maxLength=4",
                questionAndVideo(tensor(1, 5, 6), tensor(1, 3, 6)));
        assertDoorRefuses("length must not exceed the session's: video is [1, 9, 6], maxLength=8",
                questionAndVideo(tensor(1, 2, 6), tensor(1, 9, 6)));
    }

    @Test
    void shouldRefuseInputsLongerThanTheirPositionTable() {
        RandomLayer layer = RandomLayer.of("self-transformer", 6, 1).with("position", "sinusoidal").withMaxLength(5);
        try (Model model = layer.model(); Session positions = model.newSession()) {
            positions.run(Inputs.of("input", tensor(1, 5, 6)));
            assertRefused("input must not be longer than its position table: input is [1, 6, 6], max_len=5",
                    () -> positions.run(Inputs.of("input", tensor(1, 6, 6))));
        }
    }

    @Test
    void shouldRefuseLengthsThatDoNotFit() {
        Tensor video = tensor(2, 3, 6);
        assertDoorRefuses("lengths must be one a sample: question lengths=1, batch=2",
                Inputs.of("question", tensor(2, 4, 6), 1).and("video", video));
        assertDoorRefuses("lengths must be one a sample: question lengths=3, batch=2",
                Inputs.of("question", tensor(2, 4, 6), 1, 2, 3).and("video", video));
        assertDoorRefuses("lengths must not be negative: question lengths[1]=-1",
                Inputs.of("question", tensor(2, 4, 6), 1, -1).and("video", video));
        assertDoorRefuses("lengths must not exceed the padded length: question lengths[1]=5, padded length=4",
                Inputs.of("question", tensor(2, 4, 6), 4, 5).and("video", video));
    }

    @Test
    void shouldRefuseMarksThatDoNotFit() {
        String message = "a row mask must be [batch][length]: input=question, tensor=[2, 4, 6]";
        Tensor video = tensor(2, 3, 6);
        assertDoorRefuses(message, Inputs.of("video", video).andMasked("question", tensor(2, 4, 6), new boolean[1][4]));
        assertDoorRefuses(message, Inputs.of("video", video).andMasked("question", tensor(2, 4, 6), new boolean[3][4]));
        boolean[][] ragged = {{true, true, true, true}, {true}};
        assertDoorRefuses(message, Inputs.of("video", video).andMasked("question", tensor(2, 4, 6), ragged));
    }

    @Test
    void shouldRefusePaddingWithAnInputThatDoesNotTellIt() {
        assertRefused("padding must be given with the input that tells it: input=value, give it with key",
                () -> withValue.run(Inputs.of("query", tensor(1, 2, 6)).and("key", tensor(1, 3, 6))
                        .and("value", tensor(1, 3, 6), 2)));
    }

    @Test
    void shouldKeepWhatItWasGiven() {
        int[] lengths = {2};
        boolean[][] marks = {{true, false, true}};
        Inputs inputs = Inputs.of("question", tensor(1, 2, 6), lengths).andMasked("video", tensor(1, 3, 6), marks);
        lengths[0] = 9;
        marks[0] = new boolean[0];
        assertEquals(2, session.run(inputs).shape("output_q")[1]);
    }

    @Test
    void shouldCheckOptionsOfASession() {
        assertRefused("threads must be at least 1: threads=0", () -> SessionOptions.defaults().threads(0));
        assertRefused("threads must be at most 1024: threads=1025", () -> SessionOptions.defaults().threads(1025));
        assertRefused("maxBatch must be at least 1: maxBatch=0", () -> SessionOptions.defaults().maxBatch(0));
        assertRefused("maxLength must be at least 1: maxLength=-3", () -> SessionOptions.defaults().maxLength(-3));
        assertRefused("maxLength of key must be at least 1: maxLength of key=0",
                () -> SessionOptions.defaults().maxLength("key", 0));
        assertRefused(
                "planner pass must be one of [prune, share, split, repeat, narrow, lift, fold, join, fuse, reuse]: pass=magic",
                () -> SessionOptions.defaults().without("magic"));
        assertRefused("maxLength must name an input of [question, video]: input=key",
                () -> co.newSession(SessionOptions.defaults().maxLength("key", 3)));
        assertRefused("co-attention takes the inputs question, video: unexpected input key",
                () -> co.newSession(SessionOptions.defaults().inputs("question", "video", "key")));
    }
}
