package io.lanewise.bench.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lanewise.bench.result.Measurement;

/**
 * A measurement with a name of its own.
 *
 * @param id unique in a report, such as {@code r17}
 * @param file which result file it came from
 * @param measurement what was measured
 */
record Row(String id, String file, @JsonUnwrapped Measurement measurement) {

    double value() {
        return measurement.value();
    }
}
