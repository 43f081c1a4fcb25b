package io.fluxrig.bench.versus;

import java.util.Locale;

/** Who is compared, in the order of a round. */
enum Contender {
    /** A bare Netty relay: what two cores and loopback allow at all. */
    LIMIT,
    /** The rack with the payment switch. */
    FLUXRIG,
    /** A jPOS switch that does the same job. */
    JPOS;

    /** As users write it, and as tables and files name it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
