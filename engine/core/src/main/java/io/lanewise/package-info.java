/**
 * What an application uses: models, sessions, tensors, and one exception for every mistake in what it hands over. Null is refused
 * everywhere, with a {@link NullPointerException}.
 */
package io.lanewise;
