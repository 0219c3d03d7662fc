package io.lanewise.text;

/**
 * The words of a vocabulary that a text has to do with, by id, and how much. Arrays belong to the caller.
 *
 * @param ids of the words, ascending
 * @param weights of each, above 0
 */
public record SparseVector(int[] ids, float[] weights) {}
