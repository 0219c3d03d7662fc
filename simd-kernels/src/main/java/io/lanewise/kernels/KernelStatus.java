package io.lanewise.kernels;

/**
 * How a form of a kernel that is needed runs in this JVM.
 *
 * @param form what runs
 * @param state by what
 * @param copy which copy of its classes is served or was tried last, from 1
 */
public record KernelStatus(KernelForm form, State state, int copy) {

    /** What a form of a kernel runs by. */
    public enum State {
        /** Its scalar twin, until its SIMD kernel is compiled; calls of some sizes may be served by that before. */
        WAITING,
        /** Its SIMD kernel, which was seen not to allocate. */
        SIMD,
        /** Its scalar twin, as long as this JVM lives: its SIMD kernel went on allocating. */
        SCALAR
    }
}
