package io.fluxrig.transport.snake.seal;

import io.fluxrig.perf.buffer.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The layout of a message between racks.
 *
 * <pre>
 *   0    4  magic "FXS" and version 1
 *   4    4  the key's mark: tells a wrong key from a damaged message
 *   8    1  flags: bit 0, the payload was left out; bit 1, the sender waits for a confirmation
 *   9    1  length r of the sending rack's name
 *  10    2  strip that sent it
 *  12   16  origin: random, of the sender's journal or, without one, of its run
 *  28    8  sequence: the message's number at its origin
 *  36   16  salt of the sender's run: the key of this seal is made of it
 *  52    8  number of the message in that run: the nonce
 *  60    r  the sending rack's name
 *  60+r  n  message, fluxMsg as CBOR, encrypted
 *       16  tag, over everything above and the subject
 * </pre>
 *
 * <p>Numbers are big-endian. Static and stateless.
 */
public final class Envelope {
    static final int HEADER_LENGTH = 60;
    static final int TAG_LENGTH = 16;
    /** Of the bytes that say which run of a sender a message is of. */
    public static final int ORIGIN_LENGTH = 16;

    static final int SALT_LENGTH = 16;
    static final int MARK_LENGTH = 4;

    /** The payload must be read again from the raw bytes. */
    public static final int FLAG_DATA_LEFT_OUT = 1;
    /** The sender waits for a confirmation. */
    public static final int FLAG_CONFIRM = 2;

    static final int MARK_OFFSET = 4;
    static final int SALT_OFFSET = 36;

    private static final int MAGIC = 'F' << 24 | 'X' << 16 | 'S' << 8 | 1;
    private static final int FLAGS_OFFSET = 8;
    private static final int RACK_LENGTH_OFFSET = 9;
    private static final int STRIP_OFFSET = 10;
    private static final int ORIGIN_OFFSET = 12;
    private static final int SEQUENCE_OFFSET = 28;
    private static final int NUMBER_OFFSET = 52;
    private static final int RACK_LENGTH_MAX = 64;

    private Envelope() {}

    /** Writes everything before the message; the length of it. */
    static int putHeader(byte[] into, byte[] mark, int flags, byte[] rack, int strip, byte[] origin, long sequence) {
        Bytes.putIntBe(into, 0, MAGIC);
        System.arraycopy(mark, 0, into, MARK_OFFSET, MARK_LENGTH);
        into[FLAGS_OFFSET] = (byte) flags;
        into[RACK_LENGTH_OFFSET] = (byte) rack.length;
        Bytes.putShortBe(into, STRIP_OFFSET, strip);
        System.arraycopy(origin, 0, into, ORIGIN_OFFSET, ORIGIN_LENGTH);
        Bytes.putLongBe(into, SEQUENCE_OFFSET, sequence);
        System.arraycopy(rack, 0, into, HEADER_LENGTH, rack.length);
        return HEADER_LENGTH + rack.length;
    }

    static void putSeal(byte[] into, byte[] salt, long number) {
        System.arraycopy(salt, 0, into, SALT_OFFSET, SALT_LENGTH);
        Bytes.putLongBe(into, NUMBER_OFFSET, number);
    }

    /** Whether this begins like an envelope and can be one. */
    static boolean plausible(byte[] envelope) {
        return envelope.length >= HEADER_LENGTH + TAG_LENGTH
                && Bytes.intBe(envelope, 0) == MAGIC
                && envelope[RACK_LENGTH_OFFSET] > 0
                && envelope[RACK_LENGTH_OFFSET] <= RACK_LENGTH_MAX
                && messageOffset(envelope) + TAG_LENGTH <= envelope.length;
    }

    /** Whether a flag is set. */
    public static boolean has(byte[] envelope, int flag) {
        return (envelope[FLAGS_OFFSET] & flag) != 0;
    }

    public static int strip(byte[] envelope) {
        return Bytes.shortBe(envelope, STRIP_OFFSET) & 0xFFFF;
    }

    public static byte[] origin(byte[] envelope) {
        return Arrays.copyOfRange(envelope, ORIGIN_OFFSET, ORIGIN_OFFSET + ORIGIN_LENGTH);
    }

    public static long sequence(byte[] envelope) {
        return Bytes.longBe(envelope, SEQUENCE_OFFSET);
    }

    static long number(byte[] envelope) {
        return Bytes.longBe(envelope, NUMBER_OFFSET);
    }

    public static String rack(byte[] envelope) {
        return new String(envelope, HEADER_LENGTH, envelope[RACK_LENGTH_OFFSET], StandardCharsets.US_ASCII);
    }

    static int messageOffset(byte[] envelope) {
        return HEADER_LENGTH + envelope[RACK_LENGTH_OFFSET];
    }
}
