/** What the machine gives at most, at the moment: multiply-adds from registers, and bytes from each level of cache. */
package io.lanewise.bench.probe;
