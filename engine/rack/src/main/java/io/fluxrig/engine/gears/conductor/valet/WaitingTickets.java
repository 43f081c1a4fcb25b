package io.fluxrig.engine.gears.conductor.valet;

/**
 * Tickets whose requests wait until the log has kept them, in order: a ring of their numbers, entries' ids, and how many records must be
 * kept first. One strip's thread; allocates while it grows.
 */
final class WaitingTickets {
    private int[] tickets = new int[64];
    private long[] ids = new long[64];
    private long[] sequences = new long[64];
    private int first;
    private int count;

    int count() {
        return count;
    }

    void add(int ticket, long id, long sequence) {
        if (count == tickets.length) {
            grow();
        }
        int place = first + count & tickets.length - 1;
        tickets[place] = ticket;
        ids[place] = id;
        sequences[place] = sequence;
        count++;
    }

    int firstTicket() {
        return tickets[first];
    }

    long firstId() {
        return ids[first];
    }

    long firstSequence() {
        return sequences[first];
    }

    void removeFirst() {
        first = first + 1 & tickets.length - 1;
        count--;
    }

    private void grow() {
        int[] longerTickets = new int[count * 2];
        long[] longerIds = new long[count * 2];
        long[] longerSequences = new long[count * 2];
        for (int i = 0; i < count; i++) {
            int place = first + i & tickets.length - 1;
            longerTickets[i] = tickets[place];
            longerIds[i] = ids[place];
            longerSequences[i] = sequences[place];
        }
        tickets = longerTickets;
        ids = longerIds;
        sequences = longerSequences;
        first = 0;
    }
}
