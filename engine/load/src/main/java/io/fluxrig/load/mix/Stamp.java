package io.fluxrig.load.mix;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;

/**
 * What makes one message differ from the last: the numbers that a {@link Stencil}'s patches write. One for each loop,
 * refilled for every message; not thread safe.
 */
public final class Stamp {
    /** Modulus of {@link #panTail}: enough digits to tell cards apart, whatever their length. */
    public static final long PAN_TAIL = 100_000_000_000_000_000L;

    /** A connection's terminals have numbers that are its own modulo this. */
    public static final int TERMINALS_APART = 100_000;

    /** Terminals that a connection can have. */
    public static final int TERMINALS = 1_000;

    final SplittableRandom random;
    long stan;
    long rrn;
    long sequence;
    long terminal;
    long panTail;
    private long monthDay;
    private long time;
    private long yearMonthDay;

    public Stamp(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Says who the next message is. */
    public void set(int stan, long rrn, long sequence, int terminal) {
        this.stan = stan;
        this.rrn = rrn;
        this.sequence = sequence;
        this.terminal = terminal;
        this.panTail = -1;
    }

    /** Sets the date and time (UTC) for {@code $NOW}; to be called about once a second. */
    public void setTime(long epochSeconds) {
        LocalDateTime now = LocalDateTime.ofEpochSecond(epochSeconds, 0, ZoneOffset.UTC);
        monthDay = now.getMonthValue() * 100L + now.getDayOfMonth();
        yearMonthDay = now.getYear() % 100 * 10_000L + monthDay;
        time = now.getHour() * 10_000L + now.getMinute() * 100L + now.getSecond();
    }

    /** The last 17 digits of the card number just written as a number, -1 if the message has none. */
    public long panTail() {
        return panTail;
    }

    /** Forgets the card number just written. */
    public void wipe() {
        panTail = -1;
    }

    /** Date or time in that many digits: 4 MMDD, 6 hhmmss, 10 MMDDhhmmss, 12 YYMMDDhhmmss. */
    long now(int digits) {
        return switch (digits) {
            case 4 -> monthDay;
            case 6 -> time;
            case 10 -> monthDay * 1_000_000 + time;
            default -> yearMonthDay * 1_000_000 + time;
        };
    }

    int pick(int bound) {
        return random.nextInt(bound);
    }
}
