/** What {@code mvn -Pbench} runs: every point in JVMs of its own, one after the other, into one result file. */
package io.lanewise.bench.run;
