/** The kernels a plan calls, behind one door that chooses between SIMD and scalar code once per JVM. */
package io.lanewise.kernels;
