package io.fluxrig.perf.sched;

import java.io.IOException;
import java.util.List;

/** What a thread of this process leaves of a core to others: its nice value, from -20 to 19. Threads go by the system's number. */
interface Nices {
    /** The JVM's compilers that live now. */
    List<Integer> compilers() throws IOException;

    /** The calling thread. */
    int caller() throws IOException;

    int of(int thread) throws IOException;

    /**
     * Has it leave more of a core to others, or less.
     *
     * @throws IOException if it is refused, as a smaller value is to whoever is not root and has no {@code RLIMIT_NICE}
     */
    void set(int thread, int nice) throws IOException;

    /** Whether it has not ended. */
    boolean lives(int thread);
}
