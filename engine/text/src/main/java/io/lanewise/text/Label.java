package io.lanewise.text;

/**
 * One of a classification's labels.
 *
 * @param name as the folder calls it
 * @param score its probability, or the logit where the folder's settings say {@code regression}
 */
public record Label(String name, float score) {}
