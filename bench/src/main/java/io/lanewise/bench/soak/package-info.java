/** Layers at full load for as long as wanted: memory stays flat, nothing is allocated, and answers stay what they are. */
package io.lanewise.bench.soak;
