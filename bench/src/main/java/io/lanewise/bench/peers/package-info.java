/** Lanewise against other engines on the paper's layers, interleaved in one process; the engines come in a profile. */
package io.lanewise.bench.peers;
