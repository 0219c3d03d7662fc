package io.lanewise.kernels;

import io.lanewise.memory.Rows;

/**
 * The kernels that a plan calls, implemented by the Vector API and by its scalar twins, and by what has one or the other of them
 * serve, form by form (see {@link KernelForm}).
 *
 * <p>All arguments are windows whose rows were selected (and thereby checked) by the caller. Unless said otherwise every
 * width is a multiple of {@link #lanes()}, unused floats are zero, destinations do not overlap sources, and the order in
 * which an output element is summed depends on nothing but the depth of its sum. Nothing is allocated, but by
 * scalar loops a few arrays on a thread's first call. Thread-safe: between calls no kernel remembers anything that a result depends on.
 */
public interface Kernels {

    /** Says what runs and why, in one line for people. */
    String describe();

    /** Returns the floats per vector: rows and heads are padded to multiples of it. */
    int lanes();

    /** Returns the columns of a packed weight's panel, a multiple of {@link #lanes()}. */
    int panel();

    /**
     * Computes {@code result = activation(rows × weightᵀ + bias)}, or adds to what {@code result} holds first.
     *
     * @param result {@code [n, weight.columns()]}; its width and stride are at least the weight's columns
     * @param rows {@code [n, weight.depth()]}
     * @param weight of any depth; of depth 0, which trials alone have, no product and no bias is written, so that without
     *        {@code accumulate} and {@code activation} {@code result} stays as it is
     * @param accumulate whether {@code result} holds a partial sum to be added to
     * @param activation applied to all columns, those of padding too, of which {@link Activation#SIGMOID} makes ½; but for
     *        {@link Activation#NONE}, {@code result} is as wide as the weight
     */
    void packedMatMul(Rows result, Rows rows, PackedWeight weight, boolean accumulate, Activation activation);

    /** Returns the floats of scratch memory that {@link #rowScores} needs. */
    int scoreScratch();

    /**
     * Computes {@code scores = scale · queries × keysᵀ}; cells beyond the last key are not defined.
     *
     * @param scores {@code [queries.count(), at least keys.count()]}, width a multiple of the lanes
     * @param queries {@code [n, width]}
     * @param keys {@code [m, width]}
     * @param scratch one row of {@link #scoreScratch} floats, overwritten
     */
    void rowScores(Rows scores, Rows queries, Rows keys, float scale, Rows scratch);

    /**
     * Computes {@code result[c][r] = rows[r][c]}. Whole squares of {@link #lanes()} are read and written: cells and rows beyond
     * the selected ones, up to whole vectors, must be there and are not defined afterwards.
     *
     * @param result {@code [n, at least rows.count()]}
     * @param rows {@code [m, at least n]}
     */
    void transpose(Rows result, Rows rows);

    /**
     * Turns each row of scores into weights that sum to 1 over its unmasked keys; all cells beyond are 0.
     *
     * <p>A key whose score is −∞ is masked in that row. A row whose keys are all masked gets {@code empty} in each of them.
     *
     * @param scores {@code [n, width]}, overwritten; width at least {@code keys} rounded up to whole vectors
     * @param keys how many leading cells of a row are scores
     * @param mask one row of at least {@code keys} floats rounded up, 0 where a key counts, any other number where it is
     *        padding; or null when every key counts
     * @param empty what a row without keys is filled with: 0 or NaN
     */
    void maskedSoftmax(Rows scores, int keys, Rows mask, float empty);

    /**
     * Turns each row of scores into weights that sum to 1 over its unmasked keys, where those are but a part of the row's: the
     * sums tell what weight the part has among others. A key whose score is −∞ is masked in that row.
     *
     * @param scores {@code [n, width]}, as for {@link #maskedSoftmax}; a row whose keys are all masked gets zeros
     * @param sums {@code [n, at least 2]}, overwritten: the largest unmasked score {@code s}, and the sum of all
     *        {@code exp(score − s)}; −∞ and 0 where all keys are masked
     */
    void partialSoftmax(Rows scores, int keys, Rows mask, Rows sums);

    /**
     * Computes {@code context = attention × values}.
     *
     * @param context {@code [n, width]}
     * @param attention {@code [n, at least values.count()]}
     * @param values {@code [keys, width]}; without any, {@code context} stays as it is
     */
    void rowContext(Rows context, Rows attention, Rows values);

    /**
     * Computes {@code result = (z − mean(z)) / √(var(z) + eps) · scale + shift} with {@code z = rows + residual}, row by
     * row, variance biased and taken in a second pass. Cells beyond {@code features} become 0.
     *
     * @param result {@code [n, width]}; may be {@code rows} or {@code residual} itself
     * @param residual {@code [n, width]}, or null
     * @param features how many leading cells of a row are features
     * @param scale one row, or null for 1
     * @param shift one row, or null for 0
     */
    void fusedNorm(Rows result, Rows rows, Rows residual, int features, float eps, Rows scale, Rows shift);

    /** Computes {@code result = left + right}; {@code result} may be either. */
    void add(Rows result, Rows left, Rows right);

    /**
     * Computes {@code result = weights[r][0] · result + weights[r][1] · other}, row {@code r} by row.
     *
     * @param weights {@code [n, at least 2]}
     */
    void mix(Rows result, Rows other, Rows weights);

    /** Computes {@code result = activation(rows)}; {@code result} may be {@code rows}. */
    void activate(Rows result, Rows rows, Activation activation);

    /** Computes {@code result = activation(gate) · up}, element by element; {@code result} may be either. */
    void gate(Rows result, Rows gate, Rows up, Activation activation);

    /** Computes {@code result = max(left, right)}, element by element, NaN where either is NaN; {@code result} may be either. */
    void max(Rows result, Rows left, Rows right);

    /**
     * Computes {@code result = rows / √(mean(rows²) + eps) · scale}, row by row. Cells beyond {@code features} become 0.
     *
     * @param result {@code [n, width]}; may be {@code rows} itself
     * @param features how many leading cells of a row are features
     * @param scale one row, or null for 1
     */
    void rmsNorm(Rows result, Rows rows, int features, float eps, Rows scale);

    /**
     * Turns the features of one head by the angles of each row's position, a feature of the first half paired with that of the
     * second: with {@code cos = table[r][0 … half)} and {@code sin = table[r][half … 2·half)},
     *
     * <pre>
     *   result[r][i]        = rows[r][i]        · cos[i] − rows[r][i + half] · sin[i]
     *   result[r][i + half] = rows[r][i + half] · cos[i] + rows[r][i]        · sin[i]
     * </pre>
     *
     * @param result {@code [n, at least 2·half]}; may be {@code rows} itself; cells beyond {@code 2·half} are left as they are
     * @param rows {@code [n, at least 2·half]}
     * @param half how many pairs there are, any number of at least 1
     * @param table {@code [n, at least 2·half]}, cosines and then sines
     */
    void rotate(Rows result, Rows rows, int half, Rows table);

    /**
     * Adds what depends on the distance of query and key alone: {@code scores[r][c] += diagonals[0][first − r + c]} for all keys.
     *
     * @param scores {@code [n, width]}; cells beyond the last key, up to whole vectors, are not defined afterwards
     * @param keys how many leading cells of a row are scores
     * @param diagonals one row, of values that may be −∞; readable up to whole vectors of keys
     * @param first where the first query's first key stands in it, at least {@code scores.count() − 1}
     */
    void addDiagonals(Rows scores, int keys, Rows diagonals, int first);

    /**
     * Sets {@code scores[r][c] = −∞} where key {@code c} is further from query {@code firstQuery + r} than a window reaches, and
     * leaves the others: those from {@code firstQuery + r − before} to {@code firstQuery + r + after}, both included.
     *
     * @param scores {@code [n, at least keys]}; cells beyond the last key are left as they are
     * @param firstQuery the key at which the first query stands; may be negative
     * @param before how many keys before its own a query sees; {@link Integer#MAX_VALUE} for all
     * @param after how many keys after its own a query sees; {@link Integer#MAX_VALUE} for all
     */
    void maskDiagonals(Rows scores, int keys, int firstQuery, int before, int after);

    /**
     * Adds what a query has for its distance to a key, and a key for its distance to a query, distances in buckets:
     * {@code scores[r][c] += ofQueries[r][b] + ofKeys[c][b]} with {@code b = columns[first + r − c]}. The two are added first.
     *
     * @param scores {@code [n, at least keys]}; cells beyond the last key are left as they are
     * @param ofQueries {@code [n, buckets]}, or null for 0
     * @param ofKeys {@code [at least keys, buckets]}, or null for 0
     * @param columns the bucket of each distance
     * @param first where the distance of the first query to the first key stands in it, at least {@code keys − 1}
     */
    void addBuckets(Rows scores, int keys, Rows ofQueries, Rows ofKeys, int[] columns, int first);

    /**
     * Computes the next states of gated recurrent units: with gates r, z, n {@code gate} floats apart, {@code x} the products and
     * {@code u} the gates,
     *
     * <pre>
     *   r, z = σ(x + u)      n = tanh(x + r ∘ u)      state = (1 − z) ∘ n + z ∘ state
     * </pre>
     *
     * @param state {@code [n, at least gate]}, overwritten; cells from {@code gate} on are left as they are
     * @param products of the inputs, {@code [n, 3 · gate]}
     * @param gates products of the states, {@code [n, 3 · gate]}, not defined afterwards
     * @param gate floats of a gate, a multiple of the lanes
     */
    void gruCell(Rows state, Rows products, Rows gates, int gate);

    /**
     * Computes the next states of long short-term memories: with gates i, f, g, o {@code gate} floats apart, {@code x} the products
     * and {@code u} the gates,
     *
     * <pre>
     *   i, f, o = σ(x + u)   g = tanh(x + u)   memory = f ∘ memory + i ∘ g   state = o ∘ tanh(memory)
     * </pre>
     *
     * @param state {@code [n, at least gate]}, overwritten; cells from {@code gate} on are left as they are
     * @param memory as {@code state}
     * @param products of the inputs, {@code [n, 4 · gate]}
     * @param gates products of the states, {@code [n, 4 · gate]}, not defined afterwards
     * @param gate floats of a gate, a multiple of the lanes
     */
    void lstmCell(Rows state, Rows memory, Rows products, Rows gates, int gate);

    /**
     * Computes, row by row, {@code z[j] = Σ_r left[r · features + j] · right[r · features + j]}, then {@code z = sign(z) · √|z|}, then
     * {@code result = z / max(‖z‖, 10⁻¹²)}. Cells beyond {@code features} become 0.
     *
     * @param result {@code [n, at least features]}, its width a multiple of the lanes
     * @param left {@code [n, at least rank · features]}
     * @param right likewise
     */
    void rankPool(Rows result, Rows left, Rows right, int features, int rank);
}
