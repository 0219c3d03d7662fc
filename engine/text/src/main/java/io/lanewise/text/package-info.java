/** Text in, answer out: vectors, scores and labels of the encoders that people have, for any number of threads. */
package io.lanewise.text;
