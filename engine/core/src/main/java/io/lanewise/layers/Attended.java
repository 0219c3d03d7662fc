package io.lanewise.layers;

import io.lanewise.graph.Value;

/** What an attention layer makes: its output rows, and the attention map behind them. */
record Attended(Value output, Value attention) {}
