package io.lanewise.langchain4j;

import java.nio.file.Path;

import io.lanewise.LanewiseException;
import io.lanewise.text.ModelLocation;
import io.lanewise.text.TextOptions;

/**
 * What builders of all models ask for.
 *
 * @param <B> the builder itself
 */
public abstract class ModelBuilder<B extends ModelBuilder<B>> {

    private ModelLocation location;
    private TextOptions options;

    ModelBuilder(TextOptions defaults) {
        options = defaults;
    }

    abstract B self();

    /** Sets the model's folder as it comes from the Hugging Face hub. */
    public B folder(Path folder) {
        location = ModelLocation.of(folder);
        return self();
    }

    /** Sets where the model's folder is: a path, {@code file:…}, {@code classpath:…}, or {@code jar:…}. */
    public B location(String where) {
        location = ModelLocation.of(where);
        return self();
    }

    /** Sets how many threads work on one call; 1 by default. */
    public B threads(int count) {
        options = options.threads(count);
        return self();
    }

    /** Sets how many calls are computed at the same time; by default as many as there are processors. */
    public B sessions(int count) {
        options = options.sessions(count);
        return self();
    }

    /** Sets the most tokens of a text, special ones included; the model's tables may allow fewer. */
    public B maxTokens(int count) {
        options = options.maxTokens(count);
        return self();
    }

    /** Sets whether special tokens that are written in a text are plain text: for text that is not trusted. */
    public B specialTokensAsText(boolean plain) {
        options = options.specialTokensAsText(plain);
        return self();
    }

    final void change(TextOptions changed) {
        options = changed;
    }

    final TextOptions options() {
        return options;
    }

    final ModelLocation location() {
        if (location == null) {
            throw new LanewiseException("a model must have a folder: say folder or location, location=null");
        }
        return location;
    }
}
