package io.lanewise.misuse;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

import io.lanewise.Model;
import io.lanewise.Session;

/** Knows how a run must end if all its memory is there: what a session of one thread, alone with copies, makes of it. */
final class Oracle implements AutoCloseable {

    private static final int MOST_KNOWN = 20_000;

    private record Question(Kind kind, Ready ready, Arrangement arrangement) {}

    private final Map<Kind, Model> models = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<Ready, Session>> sessions = new EnumMap<>(Kind.class);
    private final Map<Question, Answer> known = new HashMap<>();

    Oracle() {
        for (Kind kind : Kind.values()) {
            Model model = kind.model();
            models.put(kind, model);
            sessions.put(kind, new EnumMap<>(Ready.class));
            for (Ready ready : Ready.values()) {
                sessions.get(kind).put(ready, model.newSession(ready.serial()));
            }
        }
    }

    Answer answer(Kind kind, Ready ready, Arrangement arrangement) {
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        return known.computeIfAbsent(new Question(kind, ready, arrangement),
                asked -> Answer.of(() -> sessions.get(kind).get(ready).run(arrangement.copies())));
    }

    @Override
    public void close() {
        sessions.values().forEach(ofKind -> ofKind.values().forEach(Session::close));
        models.values().forEach(Model::close);
    }
}
