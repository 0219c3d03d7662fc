package io.lanewise;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Models of layers that the tests of a class share, so that each is made and planned once. Any thread may ask. */
final class Models implements AfterAllCallback {

    private final Map<RandomLayer, Model> models = new ConcurrentHashMap<>();

    /** Returns the model of a layer, which is not the caller's to close. */
    Model of(RandomLayer layer) {
        return models.computeIfAbsent(layer, RandomLayer::model);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        models.values().forEach(Model::close);
        models.clear();
    }
}
