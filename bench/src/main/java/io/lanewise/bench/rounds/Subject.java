package io.lanewise.bench.rounds;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Somebody who does the work of a point.
 *
 * @param name who, as in {@link io.lanewise.bench.result.Measurement#subject}
 * @param multiplyAdds of the arithmetic of the whole work; 0 where nobody counted
 * @param part how much of the work one call does, in (0, 1]; naive loops over a large batch do a few samples of it
 * @param remarks what else is to be known of it, by unit: a cosine, say
 * @param work one call
 * @param readings what the last call was like, by unit: latencies, say. Read after every turn, outside of its time, and throws if
 *        its answers are wrong
 */
public record Subject(String name, long multiplyAdds, double part, Map<String, Double> remarks, Runnable work,
        Supplier<Map<String, Double>> readings) {

    /** A subject of which nothing is to be known of a turn but its time. */
    public Subject(String name, long multiplyAdds, double part, Map<String, Double> remarks, Runnable work) {
        this(name, multiplyAdds, part, remarks, work, Map::of);
    }

    /** A subject of which nothing else is to be known. */
    public Subject(String name, long multiplyAdds, double part, Runnable work) {
        this(name, multiplyAdds, part, Map.of(), work);
    }

    /** A subject that does the whole work in a call. */
    public Subject(String name, long multiplyAdds, Runnable work) {
        this(name, multiplyAdds, 1, work);
    }

    /**
     * Returns the subject of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Subject find(List<Subject> subjects, String name) {
        return subjects.stream().filter(subject -> subject.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("subject must be one of "
                        + subjects.stream().map(Subject::name).toList() + ": subject=" + name));
    }
}
