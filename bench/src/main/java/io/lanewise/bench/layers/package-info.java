/** Every kind of layer at the paper's size, by naive loops, op by op and as planned. */
package io.lanewise.bench.layers;
