package io.lanewise.bench.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.lanewise.bench.result.Measurement;

/**
 * What a process under measurement is told: everything that it needs, and its place in the result file.
 *
 * @param subject the engine
 * @param kind the kind of layer, as figures name it
 * @param params conditions that figures name
 * @param fork counted from 0
 * @param layer the exported layer
 * @param requests a {@link RequestFile}
 * @param callers threads that send requests, each its share
 * @param count requests of all callers together
 * @param interval from one request of a caller to the next
 * @param result where the figures go
 */
record ServiceJob(String subject, String kind, Map<String, String> params, int fork, Path layer, Path requests,
        int callers, int count, Duration interval, Path result) {

    List<String> arguments() {
        return List.of(subject, kind, String.join(",", params.entrySet().stream().map(Object::toString).toList()),
                Integer.toString(fork), layer.toString(), requests.toString(), Integer.toString(callers),
                Integer.toString(count), interval.toString(), result.toString());
    }

    static ServiceJob of(String... arguments) {
        Map<String, String> params = new HashMap<>();
        for (String param : arguments[2].split(",")) {
            params.put(param.substring(0, param.indexOf('=')), param.substring(param.indexOf('=') + 1));
        }
        return new ServiceJob(arguments[0], arguments[1], params, Integer.parseInt(arguments[3]),
                Path.of(arguments[4]), Path.of(arguments[5]), Integer.parseInt(arguments[6]),
                Integer.parseInt(arguments[7]), Duration.parse(arguments[8]), Path.of(arguments[9]));
    }

    /** Returns a latency of this job. */
    Measurement latency(String percentile, double nanos) {
        return new Measurement("service", kind, with("percentile", percentile), subject, fork, 0, "ns", nanos);
    }

    /** Returns another figure of this job. */
    Measurement figure(String suite, String name, String unit, double value) {
        return new Measurement(suite, name, with("layer", kind), subject, fork, 0, unit, value);
    }

    private Map<String, String> with(String name, String value) {
        Map<String, String> all = new HashMap<>(params);
        all.put(name, value);
        return all;
    }
}
