/** The kernels a plan calls, the layouts they work on, and trials that bring them to be compiled. */
package io.lanewise.kernels;
