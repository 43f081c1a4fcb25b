package io.fluxrig.transport.msg;

/**
 * The wires a message has passed, so that a loop in a scenario ends and a trace can be drawn: hops of gear, port and time.
 *
 * <pre>
 *   "path": [ [gear ordinal, port number, unix nanos], ... ]     all unsigned, oldest first
 * </pre>
 *
 * Gears and ports are the numbers of the running plan. Mutable, bounded, reused with its message; allocates nothing.
 */
public final class Path {
    /** Most hops that a path can be made for. */
    public static final int HOPS_MAX = 255;

    /** {@code rack.max_hops} unless configured. */
    public static final int HOPS_DEFAULT = 64;

    private final int[] gears;
    private final int[] ports;
    private final long[] epochNs;
    private int count;

    /**
     * @param hopsMax 1 to {@link #HOPS_MAX}
     */
    public Path(int hopsMax) {
        if (hopsMax < 1 || hopsMax > HOPS_MAX) {
            throw new IllegalArgumentException("hopsMax=" + hopsMax + " min=1 max=" + HOPS_MAX);
        }
        gears = new int[hopsMax];
        ports = new int[hopsMax];
        epochNs = new long[hopsMax];
    }

    public void clear() {
        count = 0;
    }

    /** False, and nothing added, if the path is full: the message goes in circles. */
    public boolean add(int gear, int port, long hopEpochNs) {
        if (count == gears.length) {
            return false;
        }
        gears[count] = gear;
        ports[count] = port;
        epochNs[count++] = hopEpochNs;
        return true;
    }

    /** Forgets hops from the newest on until {@code hops} are left; what a caller does when a wire gives the message back. */
    public void truncate(int hops) {
        count = Math.min(count, hops);
    }

    public int count() {
        return count;
    }

    public int hopsMax() {
        return gears.length;
    }

    public int gear(int hop) {
        return gears[hop];
    }

    public int port(int hop) {
        return ports[hop];
    }

    public long epochNs(int hop) {
        return epochNs[hop];
    }

    /** Takes over another path; hops beyond this one's limit are left out, oldest kept. */
    public void copyFrom(Path other) {
        count = Math.min(other.count, gears.length);
        System.arraycopy(other.gears, 0, gears, 0, count);
        System.arraycopy(other.ports, 0, ports, 0, count);
        System.arraycopy(other.epochNs, 0, epochNs, 0, count);
    }
}
