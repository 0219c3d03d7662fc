/** How an engine serves single requests: latencies at a steady rate, memory, and the first seconds of a process. */
package io.lanewise.bench.service;
