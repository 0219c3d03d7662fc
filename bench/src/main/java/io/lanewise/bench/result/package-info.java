/** What was measured, on what machine, and how it is kept in a file. */
package io.lanewise.bench.result;
