package io.fluxrig.transport.snake.wire;

import io.fluxrig.transport.ends.JournalTap;

/**
 * The messages a sender has in hand, oldest first, and how far each has come. Knows no NATS and no clock of its own. The wire's
 * thread only.
 *
 * <pre>
 *   WAITING --published--> PUBLISHED --the stream has it--> STORED --the receiver has it--> DONE
 *      ^---------------- retry: no answer, refused, lost ----------------'
 * </pre>
 *
 * <p>Without confirmations, what is stored is done. Only the oldest leave, so that what was settled is always a beginning of what
 * was sent.
 */
final class SendWindow {
    static final int WAITING = 1;
    static final int PUBLISHED = 2;
    static final int STORED = 3;
    static final int DONE = 4;

    private final int mask;
    private final long bytesMax;
    private final boolean confirm;
    private final byte[] states;
    private final long[] sequences;
    private final int[] strips;
    private final byte[][] bodies;
    /** How often it was thought lost: part of its id in the stream, which would take a copy for a duplicate otherwise. */
    private final int[] losses;

    private final boolean[] missed;
    private final int[] tries;
    private final int[] silences;
    private final long[] dueNs;
    private final long[] streamSequences;
    private long head;
    private long tail;
    private long bytes;
    private int waiting;
    private int unanswered;

    /**
     * @param capacity a power of two
     * @param bytesMax of all messages; one always fits
     * @param confirm whether a message is done when its receiver has it, or when the stream has it
     */
    SendWindow(int capacity, long bytesMax, boolean confirm) {
        this.mask = capacity - 1;
        this.bytesMax = bytesMax;
        this.confirm = confirm;
        states = new byte[capacity];
        sequences = new long[capacity];
        strips = new int[capacity];
        bodies = new byte[capacity][];
        losses = new int[capacity];
        missed = new boolean[capacity];
        tries = new int[capacity];
        silences = new int[capacity];
        dueNs = new long[capacity];
        streamSequences = new long[capacity];
    }

    boolean room() {
        return tail - head <= mask && bytes < bytesMax;
    }

    boolean isEmpty() {
        return head == tail;
    }

    int count() {
        return (int) (tail - head);
    }

    /** How many are {@link #WAITING}. */
    int waiting() {
        return waiting;
    }

    /** How many the stream has not taken, as far as it has said: {@link #WAITING} or {@link #PUBLISHED}. */
    int unanswered() {
        return unanswered;
    }

    /** The numbers of those in hand: {@code first() <= n < end()}. */
    long first() {
        return head;
    }

    long end() {
        return tail;
    }

    boolean holds(long number) {
        return number >= head && number < tail;
    }

    /** Takes in a message, WAITING and due; its number here. Sequences must rise, as {@link JournalTap#sequence} takes them. */
    long add(long sequence, int strip, byte[] body) {
        int at = (int) tail & mask;
        states[at] = WAITING;
        sequences[at] = sequence;
        strips[at] = strip;
        bodies[at] = body;
        losses[at] = 0;
        missed[at] = false;
        tries[at] = 0;
        silences[at] = 0;
        dueNs[at] = Long.MIN_VALUE;
        bytes += body.length;
        waiting++;
        unanswered++;
        return tail++;
    }

    int state(long number) {
        return states[(int) number & mask];
    }

    long sequence(long number) {
        return sequences[(int) number & mask];
    }

    byte[] body(long number) {
        return bodies[(int) number & mask];
    }

    int losses(long number) {
        return losses[(int) number & mask];
    }

    /** Whether the stream has said that it does not hold it. */
    boolean missed(long number) {
        return missed[(int) number & mask];
    }

    void missed(long number, boolean now) {
        missed[(int) number & mask] = now;
    }

    /** How often it was tried since its state changed. */
    int tries(long number) {
        return tries[(int) number & mask];
    }

    /** How often the stream has not answered in time since it last did. */
    int silences(long number) {
        return silences[(int) number & mask];
    }

    long streamSequence(long number) {
        return streamSequences[(int) number & mask];
    }

    /** Whether the time has come to look at it again. */
    boolean due(long number, long nowNs) {
        long at = dueNs[(int) number & mask];
        return at == Long.MIN_VALUE || nowNs - at >= 0;
    }

    void due(long number, long atNs, boolean tried) {
        dueNs[(int) number & mask] = atNs;
        tries[(int) number & mask] += tried ? 1 : 0;
    }

    void published(long number, long answerDueNs) {
        become(number, PUBLISHED);
        dueNs[(int) number & mask] = answerDueNs;
    }

    /** The stream has it; whether this is news. */
    boolean stored(long number, long streamSequence, long confirmationDueNs) {
        int state = state(number);
        if (state != PUBLISHED && state != WAITING) {
            return false;
        }
        become(number, confirm ? STORED : DONE);
        tries[(int) number & mask] = 0;
        silences[(int) number & mask] = 0;
        missed[(int) number & mask] = false;
        streamSequences[(int) number & mask] = streamSequence;
        dueNs[(int) number & mask] = confirmationDueNs;
        return true;
    }

    /** It was refused, or its answer will not come over another connection: to be published again at that time. */
    void retry(long number, long atNs) {
        silences[(int) number & mask] = 0;
        become(number, WAITING);
        due(number, atNs, true);
    }

    /** There was no answer in time: to be published again. */
    void silent(long number, long nowNs) {
        silences[(int) number & mask]++;
        become(number, WAITING);
        due(number, nowNs, true);
    }

    /** The stream answers again: what had no answer before is not waited for beyond that time. */
    void hasten(long untilNs) {
        for (long number = head; number < tail; number++) {
            int at = (int) number & mask;
            if (states[at] == PUBLISHED && silences[at] > 0 && dueNs[at] - untilNs > 0) {
                dueNs[at] = untilNs;
            }
        }
    }

    /** The stream has lost it, or its receiver the confirmation: to be published anew, as another message for the stream. */
    void lost(long number) {
        losses[(int) number & mask]++;
        become(number, WAITING);
        dueNs[(int) number & mask] = Long.MIN_VALUE;
    }

    /** Its receiver has it; whether this is news. What is not in hand was confirmed before. */
    boolean confirmed(long sequence) {
        long number = find(sequence);
        if (number < 0 || state(number) == DONE) {
            return false;
        }
        become(number, DONE);
        return true;
    }

    /** Lets the oldest go if it is done; its strip, -1 if there is none that is done. */
    int settle() {
        int at = (int) head & mask;
        if (head == tail || states[at] != DONE) {
            return -1;
        }
        bytes -= bodies[at].length;
        bodies[at] = null;
        head++;
        return strips[at];
    }

    private void become(long number, int state) {
        int at = (int) number & mask;
        waiting += (state == WAITING ? 1 : 0) - (states[at] == WAITING ? 1 : 0);
        unanswered += (isUnanswered(state) ? 1 : 0) - (isUnanswered(states[at]) ? 1 : 0);
        states[at] = (byte) state;
    }

    private static boolean isUnanswered(int state) {
        return state == WAITING || state == PUBLISHED;
    }

    /** The number of a sequence; negative if it is not in hand. */
    private long find(long sequence) {
        long low = head;
        long high = tail - 1;
        while (low <= high) {
            long middle = low + high >>> 1;
            int order = JournalTap.order(sequence(middle), sequence);
            if (order == 0) {
                return sequence(middle) == sequence ? middle : -1;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
