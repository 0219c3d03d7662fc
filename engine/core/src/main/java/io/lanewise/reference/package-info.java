/** Naive loops that compute any graph: the oracle of every test and the baseline of every benchmark. */
package io.lanewise.reference;
