package io.lanewise.bench.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.lanewise.bench.rounds.Point;
import io.lanewise.bench.rounds.RoundPlan;

/**
 * Points that are timed one after the other in the same process, as a service also runs many sizes in one.
 *
 * @param name of the processes, such as {@code peer/self-attention/video/ort}
 * @param forks how many processes do the job, hours apart from each other in a long run
 * @param rounds how long each point is timed
 * @param points what they share is the kind of layer, the kernel or the tokenizer, and the peer, which never shares a process with another
 */
record Job(String name, int forks, RoundPlan rounds, List<Point> points) {

    private static final List<String> SHARED = List.of("stream", "tokenizer", "against");

    /** Copies the list. */
    Job {
        points = List.copyOf(points);
    }

    /** Sorts points into jobs. */
    static List<Job> of(int forks, RoundPlan rounds, List<Point> points) {
        Map<String, List<Point>> byName = new LinkedHashMap<>();
        points.forEach(point -> byName.computeIfAbsent(name(point), _ -> new ArrayList<>()).add(point));
        return byName.entrySet().stream().map(job -> new Job(job.getKey(), forks, rounds, job.getValue())).toList();
    }

    private static String name(Point point) {
        List<String> words = new ArrayList<>(List.of(point.suite(), point.name()));
        SHARED.stream().filter(point.params()::containsKey).map(point.params()::get).forEach(words::add);
        return String.join("/", words);
    }

    /**
     * Returns the job of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Job find(List<Job> jobs, String name) {
        return jobs.stream().filter(job -> job.name().equals(name)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("job must be one of " + jobs.size() + ": job=" + name));
    }
}
