package io.fluxrig.engine.gears.conductor.ticket;

/**
 * Tickets kept for retransmissions, the one kept longest first: a ring of their numbers, so that whoever lets go of many
 * knows the next without having read the one before. One strip's thread; allocates while it grows.
 *
 * <pre>
 *   tickets  | . | first | ... | last | . | . |     round the end; as long as a power of two
 * </pre>
 */
final class KeptQueue {
    private static final int LENGTH_MIN = 64;

    private int[] tickets = new int[LENGTH_MIN];
    private int first;
    private int count;

    int count() {
        return count;
    }

    /** Adds one behind the others. */
    void add(int ticket) {
        if (count == tickets.length) {
            grow();
        }
        tickets[first + count & tickets.length - 1] = ticket;
        count++;
    }

    /** The ticket that many places behind the first; it must be there. */
    int get(int place) {
        return tickets[first + place & tickets.length - 1];
    }

    /** Takes the first off; there must be one. */
    int poll() {
        int ticket = tickets[first];
        first = first + 1 & tickets.length - 1;
        count--;
        return ticket;
    }

    void clear() {
        first = 0;
        count = 0;
    }

    private void grow() {
        int[] longer = new int[tickets.length * 2];
        for (int i = 0; i < count; i++) {
            longer[i] = get(i);
        }
        tickets = longer;
        first = 0;
    }
}
