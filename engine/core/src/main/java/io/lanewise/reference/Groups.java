package io.lanewise.reference;

/**
 * The sizes of a batch of small matrix products.
 *
 * @param count (sample, head) pairs, sample by sample
 * @param queries rows of each pair's queries
 * @param keys rows of each pair's keys
 */
record Groups(int count, int queries, int keys) {}
