/** What benchmarks and the demo run on: every kind of layer with seeded weights, and seeded batches for it. */
package io.lanewise.bench;
