package io.lanewise.bench.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.lanewise.bench.run.ChildJvm;

/** A process that keeps one processor busy until it is closed, or until the one that started it has gone. */
final class BusyProcess implements AutoCloseable {

    private static final List<String> SMALL = List.of("-Xmx16m", "-XX:+UseSerialGC");

    private static volatile long sink;

    private final Process process;

    private BusyProcess(Process process) {
        this.process = process;
    }

    /** Starts one. */
    static BusyProcess start(Path log) throws IOException {
        return new BusyProcess(ChildJvm.start(BusyProcess.class, SMALL, List.of(), log));
    }

    /** Returns the process. */
    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Keeps a processor busy until nobody holds the other end of its input. */
    public static void main(String... arguments) throws IOException {
        Thread.ofPlatform().daemon().start(BusyProcess::spin);
        int read;
        do {
            read = System.in.read();
        } while (read >= 0);
    }

    private static void spin() {
        long number = 1;
        while (true) {
            number = number * 6364136223846793005L + 1442695040888963407L;
            if (number == 0) {
                sink = number;
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
