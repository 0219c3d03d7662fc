package io.lanewise.encoders;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lanewise.Inputs;
import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.Tensor;
import io.lanewise.fuzz.FuzzedFile;
import io.lanewise.fuzz.FuzzedFolder;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Loads nearly right folders of tiny encoders: each is refused in one line, or loaded and run once. */
class EncoderFolderFuzz {

    /** Of each family one, and one of each task. */
    private static final List<String> CASES = List.of("bert/odd", "bert/odd-rerank", "bert/odd-token", "bert/odd-mlm",
            "bert/odd-st6", "xlm-roberta/odd", "distilbert/odd", "mpnet/odd", "electra/odd", "modernbert/odd-sequence",
            "nomic_bert/odd", "new/odd", "jina-bert-v2/code", "qwen3/odd", "deberta-v2/odd", "albert/odd");

    /** Weights of a tiny model are some ten thousand bytes; tables of places that it claims are most of this. */
    private static final long MOST_BYTES = 96L << 20;

    private static final FuzzedFolder FOLDER = new FuzzedFolder();

    @Timeout(FuzzedFile.HANG_SECONDS)
    @FuzzTest
    void shouldLoadAndRunOrRefuseAFolder(FuzzedDataProvider data) {
        tryOne(data, EncoderCase.of(data.pickValue(CASES)).folder());
    }

    /** Loads what the data make of a folder. */
    static void tryOne(FuzzedDataProvider data, Path golden) {
        MutatedSettings mutated = new MutatedSettings(data, golden);
        Map<String, String> files = mutated.files();
        Path folder = FOLDER.of(golden, files);
        FuzzedFile.requireCheap(MOST_BYTES, () -> {
            boolean ran = runOrRefuse(folder);
            assertTrue(ran || !mutated.isGood(), "a folder that is right must be loaded");
        });
    }

    private static boolean runOrRefuse(Path folder) {
        SessionOptions options = SessionOptions.defaults().maxBatch(2).maxLength(2);
        try (Model model = Model.load(folder)) {
            try (Session session = model.newSession(options)) {
                assertTrue(session.workspaceBytes() < MOST_BYTES, () -> "workspace bytes=" + session.workspaceBytes());
                session.run(Inputs.of("input_ids", Tensor.ids(new int[]{4, 5, 6, 7}, 2, 2), 2, 1));
            }
            return true;
        } catch (LanewiseException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
            return false;
        }
    }
}
