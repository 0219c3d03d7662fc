package io.lanewise.bench.report;

import io.lanewise.bench.result.Environment;

/** Where rows came from: a result file, the command that wrote it, and the machine. */
record Source(String file, String command, Environment environment) {}
