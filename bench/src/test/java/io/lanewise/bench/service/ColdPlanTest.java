package io.lanewise.bench.service;

import java.util.List;

import io.lanewise.bench.service.ColdPlan.Circumstance;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ColdPlanTest {

    @Test
    void shouldTakeTenStartsAndFewerWhereTheyAreSlow() {
        ColdPlan plan = ColdPlan.here();
        assertEquals(10, plan.starts(Circumstance.USUAL));
        assertEquals(3, plan.starts(Circumstance.ONE_PROCESSOR));
        assertEquals(3, plan.starts(Circumstance.BESIDE_BUSY));
        assertEquals(3, plan.starts(Circumstance.CLASS_CACHE));
        assertEquals(List.of(Circumstance.values()), plan.circumstances(2));
        assertEquals(List.of(Circumstance.USUAL), plan.circumstances(3));
    }

    @Test
    void shouldStartOnceInEveryCircumstanceToTryItOut() {
        assertEquals(List.of(Circumstance.values()), ColdPlan.of(1).circumstances(0));
        assertEquals(List.of(), ColdPlan.of(1).circumstances(1));
    }
}
