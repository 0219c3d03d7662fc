/** How subjects are timed side by side: in rounds, with a reading of the probe between any two. */
package io.lanewise.bench.rounds;
