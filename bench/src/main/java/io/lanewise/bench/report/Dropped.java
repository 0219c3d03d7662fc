package io.lanewise.bench.report;

import java.util.List;

/** A round that does not count, why, and its rows. */
record Dropped(String point, String file, int fork, int round, String reason, List<String> rows) {

    static Dropped of(PointKey point, Round round) {
        return new Dropped(point.toString(), round.file(), round.fork(), round.round(), round.flaw(),
                round.times().values().stream().map(Row::id).toList());
    }
}
