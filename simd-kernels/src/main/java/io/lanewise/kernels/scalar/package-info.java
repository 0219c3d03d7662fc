/** The scalar twins: the same signatures and the same bits in plain loops, the specification and the fallback of every kernel. */
package io.lanewise.kernels.scalar;
