package io.lanewise.misuse;

import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a caller does, in whatever order: each step ends in the right answer or in an exception that names the rule. */
class MisuseTest {

    private static Oracle oracle;
    private static Rival rival;
    private static World world;

    @BeforeContainer
    static void open() {
        oracle = new Oracle();
        rival = new Rival();
        world = new World(oracle, rival);
    }

    @AfterContainer
    static void close() {
        world.close();
        rival.close();
        oracle.close();
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void shouldEndInTheRightAnswerOrInTheRule(@ForAll @IntRange(max = Action.CHOICES - 1) int first,
            @ForAll("sequences") List<Action> actions) {
        world.perform(first, actions);
    }

    @Provide
    Arbitrary<List<Action>> sequences() {
        Arbitrary<Integer> choice = Arbitraries.integers().between(0, Action.CHOICES - 1);
        return Combinators.combine(Arbitraries.of(Action.What.weighted()), choice, choice, choice).as(Action::new)
                .list()
                .ofMinSize(1).ofMaxSize(8);
    }
}
