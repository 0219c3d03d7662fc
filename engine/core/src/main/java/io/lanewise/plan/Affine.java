package io.lanewise.plan;

import io.lanewise.graph.Constant;

/**
 * What a layer norm does after it has centered and scaled.
 *
 * @param scale one factor a feature, or null
 * @param shift one summand a feature, or null
 * @param eps what is added to the variance
 */
public record Affine(Constant scale, Constant shift, double eps) {}
