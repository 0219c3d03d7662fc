/** The choice between SIMD and scalar kernels, once per JVM. */
package io.lanewise.kernels.choice;
