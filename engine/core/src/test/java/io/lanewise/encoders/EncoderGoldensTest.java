package io.lanewise.encoders;

import java.util.List;

import io.lanewise.Inputs;
import io.lanewise.Model;
import io.lanewise.ReferenceSession;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded encoder through the plan and through the reference. */
class EncoderGoldensTest {

    static List<EncoderCase> cases() {
        return EncoderCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldComputeWhatWasRecorded(EncoderCase golden) {
        try (Model model = Model.load(golden.folder()); Session session = model.newSession(options(golden))) {
            Inputs inputs = golden.inputs();
            golden.check(session.run(inputs));
        }
    }

    @Tag("own-width") // the reference knows no width
    @ParameterizedTest
    @MethodSource("cases")
    void shouldComputeTheSameByTheReference(EncoderCase golden) {
        try (Model model = Model.load(golden.folder());
                ReferenceSession session = new ReferenceSession(model, options(golden))) {
            golden.check(session.run(golden.inputs()));
        }
    }

    private static SessionOptions options(EncoderCase golden) {
        return SessionOptions.defaults().maxBatch(4).maxLength(160)
                .inputs(golden.inputs().names().toArray(String[]::new))
                .outputs(golden.recorded().toArray(String[]::new));
    }
}
