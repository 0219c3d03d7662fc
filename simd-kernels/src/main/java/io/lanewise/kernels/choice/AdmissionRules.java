package io.lanewise.kernels.choice;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import io.lanewise.kernels.KernelForm;

/**
 * When a kernel's trial has failed, and what tests have fail.
 *
 * @param copies how many times a kernel's classes are tried, at least once
 * @param patience how long one has to become clean; the compilers share a machine with whatever else runs there
 * @param spoilt forms that are taken never to be clean, in so many of their copies
 */
record AdmissionRules(int copies, Duration patience, Map<KernelForm, Integer> spoilt) {

    private static final String SPOILT_PROPERTY = "lanewise.kernels.spoilt";

    /** Returns the rules; with the system property, for tests, {@code FORM} and {@code FORM:COPIES} with commas between are spoilt. */
    static AdmissionRules ofThisJvm() {
        return new AdmissionRules(3, Duration.ofMinutes(1),
                Arrays.stream(System.getProperty(SPOILT_PROPERTY, "").split(","))
                        .filter(spoilt -> !spoilt.isEmpty()).map(spoilt -> spoilt.split(":"))
                        .collect(Collectors.toMap(spoilt -> KernelForm.valueOf(spoilt[0]),
                                spoilt -> spoilt.length == 1 ? Integer.MAX_VALUE : Integer.parseInt(spoilt[1]))));
    }

    /** Says whether a test wants a copy never to be clean. */
    boolean spoils(KernelForm form, int copy) {
        return copy <= spoilt.getOrDefault(form, 0);
    }
}
