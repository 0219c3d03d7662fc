package io.lanewise.flags;

import java.nio.file.Path;

import io.lanewise.Inputs;
import io.lanewise.Lanewise;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;

/** Runs a layer once and says by which kernels. */
final class Application {

    private Application() {}

    /** Takes the files of weights, of inputs and of outputs. */
    public static void main(String[] files) {
        try (Model model = Model.load(Path.of(files[0]));
                Session session = model.newSession(SessionOptions.defaults().maxBatch(4).maxLength(16))) {
            session.run(Inputs.load(Path.of(files[1]))).save(Path.of(files[2]));
        }
        System.out.println(Lanewise.describe());
    }
}
