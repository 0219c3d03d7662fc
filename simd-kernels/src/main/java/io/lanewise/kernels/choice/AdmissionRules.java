package io.lanewise.kernels.choice;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

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
        Map<KernelForm, Integer> spoilt = new EnumMap<>(KernelForm.class);
        String property = System.getProperty(SPOILT_PROPERTY, "");
        for (String form : property.isEmpty() ? new String[0] : property.split(",")) {
            String[] parts = form.split(":");
            spoilt.put(KernelForm.valueOf(parts[0]),
                    parts.length == 1 ? Integer.MAX_VALUE : Integer.parseInt(parts[1]));
        }
        return new AdmissionRules(3, Duration.ofMinutes(1), spoilt);
    }

    /** Says whether a test wants a copy never to be clean. */
    boolean spoils(KernelForm form, int copy) {
        return copy <= spoilt.getOrDefault(form, 0);
    }
}
