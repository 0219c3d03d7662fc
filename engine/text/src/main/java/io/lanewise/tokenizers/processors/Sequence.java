package io.lanewise.tokenizers.processors;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;

/** Several post-processors, of which one at the most adds tokens: what a second would add to is not defined. */
final class Sequence {

    private Sequence() {}

    static PostProcessor read(Json json) {
        PostProcessor all = PostProcessor.NONE;
        List<SpanTrim> trims = new ArrayList<>();
        for (Json step : json.get("processors").list()) {
            PostProcessor next = PostProcessors.read(step);
            trims.addAll(next.trims());
            if (!next.addsNothing() && !all.addsNothing()) {
                throw new LanewiseException(
                        "one post-processor at the most must add tokens: a second is " + step.path());
            }
            all = next.addsNothing() ? all : next;
        }
        return new PostProcessor(all.single(), all.pair(), all.bareSingle(), all.barePair(), List.copyOf(trims));
    }
}
