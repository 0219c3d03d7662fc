/** OpenBLAS as a peer of the matrix product alone, on one thread. */
package io.lanewise.bench.peers.openblas;
