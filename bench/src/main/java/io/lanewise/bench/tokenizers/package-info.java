/** Lanewise's tokenizers beside a peer's, interleaved in one process; the peer comes in a profile. */
package io.lanewise.bench.tokenizers;
