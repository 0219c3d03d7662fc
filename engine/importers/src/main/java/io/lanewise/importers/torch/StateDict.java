package io.lanewise.importers.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

import io.lanewise.LanewiseException;
import io.lanewise.importers.torch.Pickled.Dict;
import io.lanewise.importers.torch.Pickled.Instance;
import io.lanewise.importers.torch.Pickled.Tensor;

/** Finds a file's tensors by name: in a state dict, in a checkpoint that holds one, or in a whole module. */
final class StateDict {

    private static final String WRAPPER = "module.";
    /** Those of HGA's modules, which cannot be told from the tensors. */
    private static final List<String> SETTINGS = List.of("task", "fusion_type", "ablation", "q_max_len", "v_max_len",
            "tf_layers");
    private static final int MOST_DEPTH = 64;
    private static final int MOST_TENSORS = 1_000_000;
    private static final long MOST_LOOKS = 100_000_000;

    private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    private int visits;
    private long looks;

    private StateDict() {}

    /**
     * Finds the tensors.
     *
     * @throws LanewiseException if there is none
     */
    static SequencedMap<String, Tensor> of(Pickled root) {
        StateDict state = new StateDict();
        switch (root) {
            case Dict dict when dict.get("state_dict") instanceof Dict inner -> state.addAll(inner, "");
            case Dict dict when dict.get("state_dict") instanceof Instance module -> state.addModule(module, "", 0);
            case Dict dict -> state.addAll(dict, "");
            case Instance module -> state.addModule(module, "", 0);
            default -> throw none();
        }
        if (state.tensors.isEmpty()) {
            throw none();
        }
        return withoutWrapper(state.tensors);
    }

    /** Returns the settings that a whole module keeps as its own attributes, as texts; empty for anything else. */
    static Map<String, String> settings(Pickled root) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (!(root instanceof Instance module)) {
            return settings;
        }
        boolean isWrapped = module.state.get("_modules") instanceof Dict children
                && children.keys.size() == 1 && children.get("module") instanceof Instance;
        Dict state = isWrapped
                ? ((Instance) ((Dict) module.state.get("_modules")).get("module")).state
                : module.state;
        for (String name : SETTINGS) {
            switch (state.get(name)) {
                case Pickled.Text(String value) -> settings.put(name, value);
                case Pickled.Int(long value) -> settings.put(name, Long.toString(value));
                case null, default -> {
                }
            }
        }
        return settings;
    }

    /** A model that was trained on several devices is the only module of its wrapper. */
    private static SequencedMap<String, Tensor> withoutWrapper(SequencedMap<String, Tensor> tensors) {
        if (!tensors.keySet().stream().allMatch(name -> name.startsWith(WRAPPER))) {
            return tensors;
        }
        SequencedMap<String, Tensor> unwrapped = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> unwrapped.put(name.substring(WRAPPER.length()), tensor));
        return unwrapped;
    }

    private static LanewiseException none() {
        return new LanewiseException("a file must hold tensors by name: found none");
    }

    private void addAll(Dict dict, String prefix) {
        for (int i = 0; i < dict.keys.size(); i++) {
            if (dict.keys.get(i) instanceof Pickled.Text(String name) && dict.values.get(i) instanceof Tensor tensor) {
                tensors.put(prefix + name, tensor);
                requireFew();
            }
        }
    }

    /** Modules can be in a circle, or many times in each other; names are then too many. */
    private void addModule(Instance module, String prefix, int depth) {
        requireFew();
        looks += module.state.keys.size();
        if (looks > MOST_LOOKS) {
            throw new LanewiseException("modules must not hold each other so many times: attributes=" + looks);
        }
        if (depth > MOST_DEPTH) {
            throw new LanewiseException("modules must not be nested deeper than " + MOST_DEPTH);
        }
        for (String kind : new String[]{"_parameters", "_buffers"}) {
            if (module.state.get(kind) instanceof Dict own) {
                addAll(own, prefix);
            }
        }
        if (module.state.get("_modules") instanceof Dict children) {
            for (int i = 0; i < children.keys.size(); i++) {
                if (children.keys.get(i) instanceof Pickled.Text(String name)
                        && children.values.get(i) instanceof Instance child) {
                    addModule(child, prefix + name + ".", depth + 1);
                }
            }
        }
    }

    private void requireFew() {
        if (++visits > MOST_TENSORS) {
            throw new LanewiseException("tensors must be at most " + MOST_TENSORS);
        }
    }

    static long elements(Tensor tensor) {
        long elements = 1;
        for (long size : tensor.size()) {
            elements *= size;
        }
        return elements;
    }
}
