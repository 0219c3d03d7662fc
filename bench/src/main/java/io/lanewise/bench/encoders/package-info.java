/** Encoders of texts beside other engines, from ids and from texts, interleaved in one process; the engines come in a profile. */
package io.lanewise.bench.encoders;
