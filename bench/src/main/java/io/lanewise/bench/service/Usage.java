package io.lanewise.bench.service;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * What a process has used since its start, as its beans say.
 *
 * @param time when, by {@link System#nanoTime()}
 * @param cpuNanos processor time of all threads
 * @param allocatedBytes heap that all threads allocated, those that have ended too
 * @param compilationNanos time that compilers took
 */
record Usage(long time, long cpuNanos, long allocatedBytes, long compilationNanos) {

    private static final OperatingSystemMXBean SYSTEM = ManagementFactory
            .getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();

    static Usage now() {
        return new Usage(System.nanoTime(), SYSTEM.getProcessCpuTime(), THREADS.getTotalThreadAllocatedBytes(),
                TimeUnit.MILLISECONDS.toNanos(COMPILERS.getTotalCompilationTime()));
    }
}
