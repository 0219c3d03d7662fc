package io.lanewise.bench.report;

import java.util.List;

import io.lanewise.bench.result.Environment;

/** Where rows came from: a result file, the command that wrote it, the machine, and what could not be measured there. */
record Source(String file, String command, Environment environment, List<String> failures) {}
