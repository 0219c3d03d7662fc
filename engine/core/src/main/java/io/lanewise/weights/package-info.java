/** Reads and writes safetensors files, and believes nothing that a file says before it is checked. */
package io.lanewise.weights;
