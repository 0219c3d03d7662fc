package io.lanewise.encoders;

import java.util.List;

import io.lanewise.LanewiseException;

/** The families of encoders that there are. A new one is a file and a line here. */
final class Architectures {

    /** Those that go by another's name stand before it. */
    private static final List<Architecture> ALL = List.of(
            new JinaBert(),
            new Bert(),
            new Roberta(),
            new DistilBert(),
            new MpNet(),
            new Electra(),
            new ModernBert(),
            new NomicBert(),
            new Gte(),
            new Qwen3(),
            new Gemma3(),
            new DebertaV2(),
            new Albert());

    private Architectures() {}

    /**
     * Returns the family that the settings name.
     *
     * @throws LanewiseException if it is not known
     */
    static Architecture of(EncoderConfig config) {
        String type = config.text("model_type", null);
        if (type == null) {
            throw new LanewiseException("config.json must say what it configures: missing model_type");
        }
        return ALL.stream().filter(family -> family.modelTypes().contains(type) && family.isMeant(config)).findFirst()
                .orElseThrow(() -> config.json().get("model_type").unknown(
                        ALL.stream().flatMap(family -> family.modelTypes().stream()).distinct().sorted().toList()));
    }
}
