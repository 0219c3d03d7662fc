package io.lanewise.cli;

import java.nio.file.Path;

import io.lanewise.LanewiseException;
import io.lanewise.text.LongTexts;
import io.lanewise.text.TextOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands on texts need to know about their model. */
final class FolderOptions {

    @Parameters(index = "0", paramLabel = "FOLDER", description = {
            "A model's folder: config.json, model.safetensors, tokenizer.json, and what sentence-transformers added."})
    private Path folder;

    @Option(names = "--threads", paramLabel = "N", description = {
            "Threads that work on the texts; as many as there are processors unless given. Results have the same bits for "
                    + "any number."})
    private Integer threads;

    @Option(names = "--max-length", paramLabel = "N", description = {
            "Most tokens of a text, special ones included; as the folder says unless given."})
    private Integer maxLength;

    @Option(names = "--long-texts", paramLabel = "WHAT", defaultValue = "truncate", description = {
            "What becomes of longer texts: truncate (default), refuse, or for vectors average, window by window."})
    private LongTexts longTexts;

    @Mixin
    private WeightsOption weights;

    @Option(names = "--plain", description = "Take special tokens that are written in a text as plain text.")
    private boolean plain;

    /** Returns the model's folder. */
    Path folder() {
        return folder;
    }

    /**
     * Returns how vectors are made.
     *
     * @throws LanewiseException if an option is out of range
     */
    TextOptions embedding() {
        TextOptions options = TextOptions.defaults().sessions(1).longTexts(longTexts).specialTokensAsText(plain)
                .weights(weights.storage());
        if (maxLength != null && maxLength < 1) {
            throw new LanewiseException("max-length must be at least 1: --max-length=" + maxLength);
        }
        return options.maxTokens(maxLength == null ? 0 : maxLength)
                .threads(threads == null ? TextOptions.defaults().sessions() : threads);
    }

    /**
     * Returns how scores and labels are made.
     *
     * @throws LanewiseException if an option is out of range, or for vectors alone
     */
    TextOptions labelling() {
        if (longTexts == LongTexts.AVERAGE) {
            throw new LanewiseException(
                    "only vectors are averaged, long texts must be truncate or refuse here: --long-texts=average");
        }
        return embedding();
    }
}
