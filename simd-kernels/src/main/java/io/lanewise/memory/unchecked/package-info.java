/** All memory by its addresses, unchecked: for kernels and the engine alone, which checked what they reach for. */
package io.lanewise.memory.unchecked;
