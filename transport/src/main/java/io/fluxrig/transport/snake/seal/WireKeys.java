package io.fluxrig.transport.snake.seal;

import java.util.List;

/** The keys that racks share for the wires between them, as they are now: they may be changed while wires run. Any thread. */
@FunctionalInterface
public interface WireKeys {

    /**
     * At least one key of 32 bytes; the first seals, all of them open. The same list until something changes, then another one; nobody
     * changes a list or an array in it.
     */
    List<byte[]> now();

    /** What an operator does where another rack has other keys. */
    default String advice() {
        return "give all racks the same snake.key_file";
    }

    /** One key for good. */
    static WireKeys of(byte[] key) {
        List<byte[]> only = List.of(key.clone());
        return () -> only;
    }
}
