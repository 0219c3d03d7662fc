/** Off-heap memory: aligned blocks, and the windows of rows through which kernels see them. */
package io.lanewise.memory;
