/** Every SIMD kernel beside its scalar twin, at the sizes that the layers use and at awkward ones around them. */
package io.lanewise.bench.kernels;
