package io.lanewise;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/** The README's example; {@link ReadmeTest} holds the two together. */
final class ReadmeExample {

    private ReadmeExample() {}

    // @formatter:off
    static void run() {
        // README
        try (Model model = Model.load(Path.of("co-attention.safetensors"));
                Session session = model.newSession(SessionOptions.defaults().maxBatch(2).maxLength(80))) {
            session.warmUp();

            FloatBuffer frames = ByteBuffer.allocateDirect(2 * 80 * 48 * Float.BYTES)
                    .order(ByteOrder.nativeOrder()).asFloatBuffer(); // [batch, length, features], yours to fill
            Tensor video = Tensor.of(frames, 2, 80, 48); // off-heap memory is used where it is
            Tensor question = Tensor.copyOf(new float[2 * 15 * 48], 2, 15, 48); // arrays are copied

            Outputs outputs = session.run(Inputs.of("question", question, 15, 9) // valid rows of each sample
                    .and("video", video, 80, 34));
            FloatBuffer answer = outputs.floats("output_q"); // the session's own until its next run
            System.out.println(answer.get(0));
        }
        // README
    }
    // @formatter:on
}
