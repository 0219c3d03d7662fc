/** The scalar twins: the same signatures in naive loops, the specification and the fallback of every kernel. */
package io.lanewise.kernels.scalar;
