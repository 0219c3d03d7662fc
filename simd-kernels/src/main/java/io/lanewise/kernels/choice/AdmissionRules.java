package io.lanewise.kernels.choice;

import java.time.Duration;
import java.util.Set;

import io.lanewise.kernels.KernelForm;

/**
 * When a kernel's trial has failed, and what tests have fail.
 *
 * @param copies how many times a kernel's classes are tried, at least once
 * @param patience how long one has to become clean; the compilers share a machine with whatever else runs there
 * @param spoilt forms that are taken never to be clean
 * @param spoiltCopies in so many of their copies
 */
record AdmissionRules(int copies, Duration patience, Set<KernelForm> spoilt, int spoiltCopies) {

    private static final String SPOILT_PROPERTY = "lanewise.kernels.spoilt";

    /** Returns the rules; with the system property, for tests, {@code FORM} or {@code FORM:COPIES} is spoilt. */
    static AdmissionRules ofThisJvm() {
        String[] spoilt = System.getProperty(SPOILT_PROPERTY, "").split(":");
        return new AdmissionRules(3, Duration.ofMinutes(1),
                spoilt[0].isEmpty() ? Set.of() : Set.of(KernelForm.valueOf(spoilt[0])),
                spoilt.length == 1 ? Integer.MAX_VALUE : Integer.parseInt(spoilt[1]));
    }

    /** Says whether a test wants a copy never to be clean. */
    boolean spoils(KernelForm form, int copy) {
        return copy <= spoiltCopies && spoilt.contains(form);
    }
}
