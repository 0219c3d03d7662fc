package io.lanewise.cli;

/**
 * A text, or two that belong together.
 *
 * @param second null where there is but one
 */
record TextOrPair(String first, String second) {}
