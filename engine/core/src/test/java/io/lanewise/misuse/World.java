package io.lanewise.misuse;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.Outputs;
import io.lanewise.Session;
import io.lanewise.Tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A few models, sessions and tensors to do things with in any order. Each action knows the one way in which it must end, or,
 * where another thread is in the way, the few.
 */
final class World implements AutoCloseable {

    private static final int SESSIONS = 3;
    private static final int TENSORS = 4;
    private static final int PATIENCE = 20;

    private final Oracle oracle;
    private final Rival rival;
    private final Model[] models = new Model[Kind.values().length];
    private final boolean[] modelIsClosed = new boolean[models.length];
    private final Opened[] sessions = new Opened[SESSIONS];
    private final Held[] tensors = new Held[TENSORS];
    private final List<Held> everHeld = new ArrayList<>();
    private int runs;

    World(Oracle oracle, Rival rival) {
        this.oracle = oracle;
        this.rival = rival;
        for (Kind kind : Kind.values()) {
            models[kind.ordinal()] = kind.model();
        }
    }

    /** Returns how many runs gave an answer that was compared. */
    int runs() {
        return runs;
    }

    /** Opens a session, does all, and leaves nothing open but the models. */
    void perform(int choice, List<Action> actions) {
        try {
            open(0, choice % models.length, Ready.values()[choice / models.length % Ready.values().length]);
            actions.forEach(this::perform);
        } finally {
            tidyUp();
        }
    }

    private void perform(Action action) {
        Opened session = sessions[action.first() % SESSIONS] == null
                ? sessions[0]
                : sessions[action.first() % SESSIONS];
        int tensor = action.second() % TENSORS;
        switch (action.what()) {
            case LOAD -> load(action.first() % models.length);
            case OPEN -> open(action.first() % SESSIONS, action.second() % models.length,
                    Ready.values()[action.third() % Ready.values().length]);
            case WRAP -> wrap(tensor, Sort.values()[action.first() % Sort.values().length], action.third());
            case FREE -> free(tensor);
            case CLOSE_MODEL -> closeModel(action.first() % models.length);
            default -> perform(action, session, tensor);
        }
    }

    private void perform(Action action, Opened session, int tensor) {
        switch (action.what()) {
            case WRAP_OUTPUT -> wrapOutput(session, tensor);
            case RUN_MISARRANGED -> run(session, tensor, action.third(), action.third() % 3);
            case RUN_INTERRUPTED -> runInterrupted(session, tensor, action.third());
            case RUN_ELSEWHERE -> runElsewhere(session, tensor, action.third());
            case READ -> read(session);
            case HAND_OVER_NULL -> handOverNull(session);
            case CLOSE_SESSION -> close(session);
            case RUN_TOGETHER -> runTogether(session, tensor, action.third());
            case CLOSE_UNDER_RUN -> closeUnderRun(session, tensor, action.third());
            case FREE_UNDER_RUN -> freeUnderRun(session, tensor, action.third());
            default -> run(session, tensor, action.third() % 4, 3 * (action.third() / 12));
        }
    }

    // ---------------------------------------------------------------- models and sessions

    private void load(int model) {
        if (modelIsClosed[model]) {
            models[model] = Kind.values()[model].model();
            modelIsClosed[model] = false;
        }
    }

    private void open(int slot, int model, Ready ready) {
        Kind kind = Kind.values()[model];
        Session[] opened = new Session[1];
        Answer answer = Answer.of(() -> {
            opened[0] = models[model].newSession(ready.options());
        });
        assertEquals(modelIsClosed[model] ? untimelyModel(kind, "used after it is closed") : done(), answer);
        if (opened[0] != null) {
            closeQuietly(sessions[slot]);
            sessions[slot] = new Opened(kind, ready, opened[0]);
        }
    }

    private static Answer untimelyModel(Kind kind, String rule) {
        return Answer.untimely("a model must not be " + rule + ": layer=" + kind.layer());
    }

    private static Answer done() {
        return Answer.of(() -> {
            // nothing to refuse
        });
    }

    private void close(Opened session) {
        assertEquals(done(), session.close());
        assertEquals(done(), session.close(), "closed twice");
    }

    private void closeModel(int model) {
        Kind kind = Kind.values()[model];
        long open = Arrays.stream(sessions)
                .filter(session -> session != null && session.kind() == kind && !session.isClosed()).count();
        Answer answer = Answer.of(models[model]::close);
        if (open > 0 && !modelIsClosed[model]) {
            assertEquals(Answer.untimely("a model must not be closed before its sessions: layer=" + kind.layer()
                    + ", open sessions=" + open), answer);
        } else {
            assertEquals(done(), answer);
            modelIsClosed[model] = true;
        }
    }

    // ---------------------------------------------------------------- memory

    private void wrap(int slot, Sort sort, int choice) {
        Cells cells = Cells.of(choice % Cells.CONTENTS, choice / Cells.CONTENTS % 3);
        if (sort.rule() == null) {
            hold(slot, sort.hold(cells));
        } else {
            LanewiseException refusal = assertThrowsExactly(LanewiseException.class, () -> sort.hold(cells));
            assertTrue(refusal.getMessage().startsWith(sort.rule()), refusal.getMessage());
        }
    }

    private void hold(int slot, Held held) {
        tensors[slot] = held;
        everHeld.add(held);
    }

    private void free(int slot) {
        if (tensors[slot] != null) {
            tensors[slot].free();
        }
    }

    private void wrapOutput(Opened session, int slot) {
        if (session.lastAnswer() == null || session.isClosed()) {
            return;
        }
        String name = session.last().names().getFirst();
        if (session.last().isFloats(name)) {
            MemorySegment segment = session.last().segment(name);
            hold(slot, new Held(Tensor.of(segment, session.last().shape(name)), segment, null));
        }
    }

    // ---------------------------------------------------------------- runs

    private record Run(Arrangement arrangement, List<Held> held, Answer expected) {}

    private void run(Opened session, int tensor, int padding, int names) {
        Run run = arrange(session, tensor, padding, names);
        assertEquals(run.expected(), session.run(run.arrangement(), run.held()));
        runs++;
    }

    /** Makes inputs of one content, but for one tensor, which is whatever the caller has there. */
    private Run arrange(Opened session, int tensor, int padding, int choiceOfNames) {
        List<String> names = session.kind().names(choiceOfNames);
        List<Held> held = new ArrayList<>();
        for (int place = 0; place < names.size(); place++) {
            held.add(Sort.ARRAY.hold(Cells.of(tensor % Cells.CONTENTS, place)));
        }
        if (tensors[tensor] != null && !names.isEmpty()) {
            fit(held, tensors[tensor]);
        }
        Arrangement arrangement = new Arrangement(names, held.stream().map(Held::cells).toList(),
                Arrangement.Padding.values()[padding % Arrangement.Padding.values().length]);
        return new Run(arrangement, held, expected(session, arrangement, held, Thread.currentThread()));
    }

    /** Puts a tensor where it fits, or else everywhere: the same rows in every place make a legal run, too. */
    private static void fit(List<Held> held, Held tensor) {
        for (int place = 0; place < held.size(); place++) {
            if (Arrays.equals(held.get(place).tensor().shape(), tensor.tensor().shape())) {
                held.set(place, tensor);
                return;
            }
        }
        held.replaceAll(_ -> tensor);
    }

    /** Returns how a run must end in a thread: rules in the order in which they are looked at, or else the oracle's answer. */
    private Answer expected(Opened session, Arrangement arrangement, List<Held> held, Thread thread) {
        if (session.isClosed()) {
            return session.refusalOfClosed();
        }
        Answer answer = oracle.answer(session.kind(), session.ready(), arrangement);
        if (answer.isRefusal()) {
            return answer;
        }
        List<String> names = arrangement.names();
        return IntStream.range(0, names.size()).mapToObj(i -> unreadable(session, held.get(i), names.get(i), thread))
                .filter(Objects::nonNull).findFirst()
                .or(() -> IntStream.range(0, names.size()).filter(i -> session.writesTo(held.get(i), names))
                        .mapToObj(i -> ownOutput(names.get(i))).findFirst())
                .orElse(answer);
    }

    private static Answer unreadable(Opened session, Held held, String name, Thread thread) {
        if (!held.isThere()) {
            return freed(name);
        }
        int threads = session.ready().options().threads();
        boolean readable = threads > 1 ? held.isReadableByAll() : held.memory().isAccessibleBy(thread);
        return readable
                ? null
                : Answer.refused("an input must be readable by all threads of the session, use a shared arena: input="
                        + name + ", threads=" + threads);
    }

    private static Answer ownOutput(String name) {
        return Answer
                .refused("an input must not lie in the session's own outputs, copy it first: input=" + name);
    }

    private static Answer freed(String input) {
        return Answer.untimely("an input must not be used after its memory is freed: input=" + input);
    }

    private void runInterrupted(Opened session, int tensor, int padding) {
        Thread.currentThread().interrupt();
        run(session, tensor, padding % 4, 3);
        assertTrue(Thread.interrupted(), "a run must leave an interrupt to its caller");
    }

    private void runElsewhere(Opened session, int tensor, int padding) {
        Run run = arrange(session, tensor, padding % 4, 3);
        assertEquals(expectedElsewhere(session, run), rival.once(() -> session.run(run.arrangement(), run.held())));
    }

    private Answer expectedElsewhere(Opened session, Run run) {
        return rival.once(() -> expected(session, run.arrangement(), run.held(), Thread.currentThread()));
    }

    private void read(Opened session) {
        Outputs last = session.last();
        if (last == null) {
            return;
        }
        Answer answer = Answer.of(() -> last);
        if (session.isClosed()) {
            assertEquals(Answer.untimely("an output must not be read after its session is closed: output="
                    + last.names().getFirst()), answer);
        } else if (session.lastAnswer() != null) {
            assertEquals(session.lastAnswer(), answer);
        }
    }

    private static void handOverNull(Opened session) {
        if (!session.isClosed()) {
            assertThrowsExactly(NullPointerException.class, () -> session.session().run(null));
        }
    }

    // ---------------------------------------------------------------- with another thread in the way

    private void runTogether(Opened session, int tensor, int padding) {
        Run run = arrange(session, tensor, padding % 4, 3);
        Answer theirs = unread(expectedElsewhere(session, run));
        Answer theyAreBusy = busy(session, "rival");
        Rival.Loop other = rival.loop(() -> session.runUnread(run.arrangement(), run.held()),
                answer -> !isOneOf(answer, theirs, theyAreBusy));
        Answer busy = busy(session, Thread.currentThread().getName());
        for (int i = 0; i < 3; i++) {
            assertOneOf(session.runUnread(run.arrangement(), run.held()), unread(run.expected()), busy);
        }
        assertOneOf(other.stop(), theirs, theyAreBusy);
        run(session, tensor, padding % 4, 3);
    }

    private static Answer unread(Answer answer) {
        return answer.isRefusal() ? answer : done();
    }

    private static Answer busy(Opened session, String thread) {
        return Answer.untimely("a session runs for one thread at a time: layer=" + session.kind().layer() + ", thread="
                + thread);
    }

    private static boolean isOneOf(Answer answer, Answer... allowed) {
        return Set.of(allowed).contains(answer);
    }

    private static void assertOneOf(Answer answer, Answer... allowed) {
        assertTrue(isOneOf(answer, allowed), () -> answer + " was none of " + List.of(allowed));
    }

    private void closeUnderRun(Opened session, int tensor, int padding) {
        Run run = arrange(session, tensor, padding % 4, 3);
        Answer theirs = unread(expectedElsewhere(session, run)); // to read then is to read what may be freed meanwhile
        Rival.Loop other = rival.loop(() -> session.runUnread(run.arrangement(), run.held()),
                answer -> answer.equals(session.refusalOfClosed()) || !answer.equals(theirs));
        Answer refused = Answer
                .untimely("a session must not be closed while it runs: layer=" + session.kind().layer());
        Answer answer = session.close();
        for (int i = 0; i < PATIENCE && answer.equals(refused); i++) {
            answer = session.close();
        }
        Answer last = session.isClosed() ? other.last() : other.stop();
        assertOneOf(answer, refused, done());
        assertEquals(session.isClosed() ? session.refusalOfClosed() : theirs, last);
        run(session, tensor, padding % 4, 3);
    }

    private void freeUnderRun(Opened session, int tensor, int padding) {
        Run run = arrange(session, tensor, padding % 4, 3);
        Held held = tensors[tensor];
        if (run.expected().isRefusal() || held == null || held.arena() == null || !held.isReadableByAll()) {
            return;
        }
        Rival.Loop other = rival.loop(() -> session.run(run.arrangement(), run.held()),
                answer -> !answer.equals(run.expected()));
        held.free();
        assertOneOf(other.last(), IntStream.range(0, run.held().size()).filter(i -> run.held().get(i) == held)
                .mapToObj(i -> freed(run.arrangement().names().get(i))).toArray(Answer[]::new));
        runs++;
    }

    // ---------------------------------------------------------------- the end

    private void tidyUp() {
        for (int slot = 0; slot < SESSIONS; slot++) {
            closeQuietly(sessions[slot]);
            sessions[slot] = null;
        }
        everHeld.forEach(Held::free);
        everHeld.clear();
        Arrays.fill(tensors, null);
        for (int model = 0; model < models.length; model++) {
            load(model);
        }
    }

    private static void closeQuietly(Opened session) {
        if (session != null && !session.isClosed()) {
            session.close();
        }
    }

    @Override
    public void close() {
        for (Model model : models) {
            model.close();
        }
    }
}
