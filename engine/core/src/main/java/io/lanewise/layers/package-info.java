/** The layers of HGA, one small file a kind: each names its weights and builds a graph, and computes nothing. */
package io.lanewise.layers;
