package io.fluxrig.transport.snake.seal;

import io.fluxrig.perf.buffer.Bytes;
import java.util.Arrays;
import java.util.HexFormat;

/** Where a message was counted first: the sender's journal or, without one, its run; 16 random bytes. Immutable. */
public final class Origin {
    private final byte[] bytes;
    private final String text;

    public Origin(byte[] bytes) {
        this.bytes = bytes.clone();
        this.text = hex(bytes);
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** For reading only. */
    public byte[] bytes() {
        return bytes;
    }

    /** Enough of it to tell origins apart in memory. */
    public long prefix() {
        return Bytes.longBe(bytes, 0);
    }

    /** In lower-case hex. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Origin origin && Arrays.equals(bytes, origin.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
