/** What an application uses: models, sessions, tensors, and one exception for every mistake in what it hands over. */
package io.lanewise;
