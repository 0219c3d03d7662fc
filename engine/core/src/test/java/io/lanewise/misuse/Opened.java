package io.lanewise.misuse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.lanewise.Outputs;
import io.lanewise.Session;

/** A session, and what a caller would know of it. */
final class Opened {

    private final Kind kind;
    private final Ready ready;
    private final Session session;
    private final Map<List<String>, Outputs> outputs = new HashMap<>(); // by the names of the inputs
    private Outputs last; // null before the first run
    private Answer lastAnswer; // null where the last outputs are not known
    private boolean closed;

    Opened(Kind kind, Ready ready, Session session) {
        this.kind = kind;
        this.ready = ready;
        this.session = session;
    }

    /** Runs, and remembers what came out. */
    Answer run(Arrangement arrangement, List<Held> held) {
        lastAnswer = null;
        Answer answer = Answer.of(() -> {
            Outputs out = session.run(arrangement.inputs(held.stream().map(Held::tensor).toList()));
            outputs.put(arrangement.names(), out);
            last = out;
            return out;
        });
        lastAnswer = answer.isRefusal() ? null : answer;
        return answer;
    }

    /** Runs as one of two who get in each other's way: what is read then is neither's. */
    Answer runUnread(Arrangement arrangement, List<Held> held) {
        return Answer.of(() -> {
            session.run(arrangement.inputs(held.stream().map(Held::tensor).toList()));
        });
    }

    /** Says whether memory lies in the outputs that a run with these inputs writes. */
    boolean writesTo(Held held, List<String> names) {
        Outputs written = outputs.get(names);
        return written != null && held.memory().isNative() && written.names().stream()
                .anyMatch(name -> written.segment(name).asOverlappingSlice(held.memory()).isPresent());
    }

    Answer close() {
        Answer answer = Answer.of(session::close);
        closed |= !answer.isRefusal();
        return answer;
    }

    Kind kind() {
        return kind;
    }

    Ready ready() {
        return ready;
    }

    Session session() {
        return session;
    }

    Outputs last() {
        return last;
    }

    Answer lastAnswer() {
        return lastAnswer;
    }

    void forgetLastAnswer() {
        lastAnswer = null;
    }

    boolean isClosed() {
        return closed;
    }

    Answer refusalOfClosed() {
        return Answer.untimely("a session must not be used after it is closed: layer=" + kind.layer());
    }
}
