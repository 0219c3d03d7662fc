package io.lanewise.cli;

import java.util.Locale;
import java.util.stream.Collectors;

import io.lanewise.encoders.SentenceModule;

/** Says in words what comes behind an encoder. */
final class ModuleNames {

    private ModuleNames() {}

    static String of(SentenceModule module) {
        return switch (module) {
            case SentenceModule.Pool pool -> "pooling " + pool.parts().stream().map(ModuleNames::of)
                    .collect(Collectors.joining(" + "));
            case SentenceModule.Dense dense -> "dense %d -> %d, %s%s%s".formatted(dense.in(), dense.out(),
                    word(dense.activation()), dense.bias() ? "" : ", no bias", dense.residual() ? ", residual" : "");
            case SentenceModule.Normalize _ -> "normalize";
            case SentenceModule.Splade splade -> "splade " + word(splade.pooling());
        };
    }

    private static String of(SentenceModule.Part part) {
        return switch (part) {
            case SentenceModule.OneRow row -> word(row.row()) + " token";
            case SentenceModule.AllRows rows -> word(rows.pooling());
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
