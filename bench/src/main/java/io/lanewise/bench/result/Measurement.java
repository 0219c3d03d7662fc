package io.lanewise.bench.result;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * One figure of one round.
 *
 * <p>Figures meet in the report by name and parameters, so these are the same words in every suite:
 *
 * <pre>
 *   kernel, peer   matmul                       m, n, k            other kernels: rows, keys, features
 *   layer, peer    the kind of layer            B, lengths (full or real), stream where it could be either
 *   peer           hga                          the same, and how far it goes: stage
 *   ablation       the kind of layer            the same; the subject names what was switched on last, from naive and
 *                                               kernel over skip to the planner's passes in their order
 *   tokenizer      the type of the model        tokenizer, work (english, mixed or loading)
 *   encoder        the encoder                  B, tokens, threads (1 where it is not said), against
 *                  texts                        texts; of many lengths, from text to vector, unit ns for all of them
 *                  questions                    callers, questions; unit ns for all of them
 *                  callers                      callers, texts; unit ns for all of them, in each round also p50 and p99 of a
 *                                               call in nanoseconds, and texts a run
 *   service        the kind of layer            callers, percentile (50, 90, 99, 99.9); unit ns
 *   cold           first-answer, its parts,     layer, start (usual, one-processor, beside-busy, class-cache) where that is varied; unit
 *                  steady, what was used        ns, for steady-allocated and peak-resident bytes; -cpu is processor time
 *   memory         peak-resident, allocated     layer; unit bytes
 *   probe          read, copy                   level (L1, L2, L3, memory), bytes; unit GB/s
 * </pre>
 *
 * <p>A peer's point also says {@code against} whom, since every peer has processes of its own. The probe's row {@code r} of a point was taken before round {@code r}, its last one after the last round. A row with
 * the unit {@code multiply-adds} says how much work a subject does in one run, for {@code naive} and for encoders as it is written; rows
 * of other units say what else is to be known of a subject, such as the least {@code cosine} of its vectors to ours.
 *
 * @param suite what it belongs to: {@code kernel}, {@code layer}, {@code peer}, {@code service}, {@code cold},
 *            {@code memory}, {@code ablation}, {@code tokenizer}, {@code encoder} or {@code probe}
 * @param name what was run
 * @param params sizes and conditions by name; kept sorted
 * @param subject who was measured: {@code lanewise}, {@code naive}, {@code scalar}, {@code unfused}, {@code ort},
 *            {@code pytorch}, {@code openblas}, {@code djl}, {@code lanewise-spans}, {@code lanewise-alone}, {@code ort-int8}, {@code langchain4j}, {@code langchain4j-q} or {@code probe}
 * @param fork the process, counted from 0
 * @param round the round in its process, counted from 0; figures of one round were taken side by side
 * @param unit of the value: {@code ns}, {@code gflops}, {@code bytes}, {@code ratio} ...
 * @param value the figure
 */
public record Measurement(String suite, String name, Map<String, String> params, String subject, int fork, int round,
        String unit, double value) {

    /** The subject of the rows that say what the machine gave in that round. */
    public static final String PROBE = "probe";

    /** Sorts the parameters, so that equal points are written equally. */
    public Measurement {
        params = Collections.unmodifiableMap(new TreeMap<>(params));
    }

    /** Says whether this is a reading of the machine and not of a subject. */
    @JsonIgnore
    public boolean isProbe() {
        return PROBE.equals(subject);
    }
}
