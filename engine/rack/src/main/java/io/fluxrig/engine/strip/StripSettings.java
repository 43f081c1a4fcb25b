package io.fluxrig.engine.strip;

/**
 * The numbers that shape every strip of a rack.
 *
 * @param strips how many event loops, 1 to 64
 * @param ringBytes capacity of the turbo ring between each ordered pair of strips, a power of two
 * @param hopsMax wires one message may pass before it is refused ({@code rack.max_hops}), 1 to 255
 * @param timersMax deadlines pending on one strip at a time
 * @param tickNs resolution of deadlines, nanoseconds
 * @param windowBytes inbound window of a strip: the most one socket read brings in
 * @param pollMax ring records handled before sockets get their turn again
 * @param failuresMax failures of one gear in a row before its status says {@code failing}
 * @param machineId base of the id generators' machine number; strip n uses {@code machineId + n}
 */
public record StripSettings(
        int strips,
        int ringBytes,
        int hopsMax,
        int timersMax,
        long tickNs,
        int windowBytes,
        int pollMax,
        int failuresMax,
        int machineId) {

    /** Most strips of a rack, since a strip's number travels in a connection id and in one 64-bit wake mask. */
    public static final int STRIPS_MAX = 64;

    public StripSettings {
        check("strips", strips, 1, STRIPS_MAX);
        check("ringBytes", ringBytes, 1 << 12, 1 << 30);
        check("hopsMax", hopsMax, 1, 255);
        check("timersMax", timersMax, 1, Integer.MAX_VALUE);
        check("tickNs", tickNs, 100_000, 1_000_000_000);
        check("windowBytes", windowBytes, 1 << 10, 1 << 26);
        check("pollMax", pollMax, 1, 1 << 20);
        check("failuresMax", failuresMax, 1, Integer.MAX_VALUE);
        if (Integer.bitCount(ringBytes) != 1) {
            throw new IllegalArgumentException("ringBytes=" + ringBytes + " is not a power of two");
        }
    }

    /** The defaults of a rack: rings of 1 MiB (256 KiB above 8 strips), 64 hops, 4 Mi timers, ticks of 5 ms. */
    public static StripSettings defaults(int strips) {
        return new StripSettings(strips, strips > 8 ? 1 << 18 : 1 << 20, 64, 1 << 22, 5_000_000, 1 << 16, 1024, 10, 0);
    }

    private static void check(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + "=" + value + " min=" + min + " max=" + max);
        }
    }
}
