/** Turns result files into one page of figures, each of which can be traced to the rows that it was made of. */
package io.lanewise.bench.report;
