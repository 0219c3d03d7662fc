package io.lanewise.bench.run;

import java.util.List;

import io.lanewise.bench.rounds.Point;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ModeTest {

    @ParameterizedTest
    @EnumSource(Mode.class)
    void shouldNameEveryPointDifferently(Mode mode) {
        List<String> ids = mode.points().stream().map(Point::id).toList();
        assertEquals(mode == Mode.COLD, ids.isEmpty());
        assertEquals(ids.size(), ids.stream().distinct().count());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void shouldFindEveryJobByItsName(Mode mode) {
        mode.jobs().forEach(job -> assertEquals(job.points().stream().map(Point::id).toList(),
                Job.find(mode.jobs(), job.name()).points().stream().map(Point::id).toList()));
    }
}
