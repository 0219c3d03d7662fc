/** Kernels written with the Vector API, one a file; the only package that imports it. */
package io.lanewise.kernels.simd;
