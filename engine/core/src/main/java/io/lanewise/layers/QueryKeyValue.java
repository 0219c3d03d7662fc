package io.lanewise.layers;

import io.lanewise.graph.Length;
import io.lanewise.graph.Value;

/** The three inputs of an attention; a key that is not given is the query, a value that is not given is the key. */
record QueryKeyValue(Value query, Value key, Value value) {

    static QueryKeyValue of(LayerScope layer, int features) {
        Value query = layer.input("query", features);
        Value key = layer.given("key") ? layer.input("key", features) : query;
        Length keys = key.rows().length();
        return new QueryKeyValue(query, key, layer.given("value") ? layer.input("value", keys, features) : key);
    }

    QueryKeyValue withQuery(Value other) {
        return new QueryKeyValue(other, key, value);
    }
}
