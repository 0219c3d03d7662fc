package io.lanewise.spark;

import java.io.Serializable;

import io.lanewise.text.TextOptions;

/**
 * Those options that go to executors; each opens as many sessions as it has processors.
 *
 * @param maxTokens the most tokens of a text; 0 for what the folder says
 */
record SentOptions(int maxTokens) implements Serializable {

    TextOptions here() {
        return TextOptions.defaults().maxTokens(maxTokens);
    }
}
