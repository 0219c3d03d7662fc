package io.lanewise.bench.service;

import java.io.IOException;

import io.lanewise.bench.encoders.Question;
import io.lanewise.bench.encoders.QuestionEngine;

/** The process of one library with a text to embed, from its start until it is as fast as it gets. */
public final class ColdTextRun {

    /** A question, whose last vector is kept, so that no compiler leaves a call out. */
    private static final class Request implements Runnable {

        private final QuestionEngine engine;
        private final Question question;
        private volatile float[] last;

        Request(QuestionEngine engine, Question question) {
            this.engine = engine;
            this.question = question;
        }

        @Override
        public void run() {
            last = engine.vector().apply(question);
        }
    }

    private ColdTextRun() {}

    /** Runs the job that {@link ColdSuite} wrote down; its interval is how long to go on at most. */
    public static void main(String... arguments) throws IOException {
        ColdStart start = new ColdStart();
        ServiceJob job = ServiceJob.of(arguments);
        Question question = Question.read(job.requests());
        start.reached(ColdStart.MAIN);
        QuestionEngine engine = QuestionEngine.open(job.subject(), ColdStart.engine(), job.layer());
        start.reached(ColdStart.OPEN);
        start.watch(job, new Request(engine, question));
        engine.requireAlike(question);
    }
}
