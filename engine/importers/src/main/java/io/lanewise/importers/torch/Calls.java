package io.lanewise.importers.torch;

import io.lanewise.LanewiseException;
import io.lanewise.importers.torch.Pickled.Global;
import io.lanewise.importers.torch.Pickled.Tuple;

/** What a pickle's calls stand for; none of them is made. */
interface Calls {

    /** Refuses all. */
    Calls NONE = new Calls() {
        @Override
        public void meet(Global global) {
            throw PickleMachine.refused(global);
        }

        @Override
        public Pickled call(Pickled called, Tuple arguments) {
            throw called instanceof Global global
                    ? PickleMachine.refused(global)
                    : new LanewiseException("refused: the file asks to call something without a name");
        }

        @Override
        public Pickled make(Global type, Tuple arguments) {
            throw PickleMachine.refused(type);
        }
    };

    /** Looks at a name before anything is done with it. */
    default void meet(Global global) {}

    /** Returns what a call would. */
    Pickled call(Pickled called, Tuple arguments);

    /** Returns what a new object of a class would be. */
    Pickled make(Global type, Tuple arguments);
}
