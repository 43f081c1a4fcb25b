package io.fluxrig.engine.passport;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The keys that a rack has from its mixer, in {@code keys.cbor} of its data folder, for its user only. What a mixer does not give any more stays,
 * behind the rest, as long as there is room: something that it sealed may be there still. Immutable by convention.
 *
 * @param mark what the mixer calls this set; empty for none
 * @param wires for wires between racks, the newest first
 * @param journal for journals, the newest first
 */
public record KeyRing(String mark, List<Kept> wires, List<Kept> journal) {
    /** A key for wires is sealed with once this rack has had it for so long: by then the others have it too. */
    public static final long SETTLED_MS = 60_000;

    /** Keys of a kind that are kept at most. */
    public static final int KEPT_MAX = 2 * GivenKeys.KEYS_MAX;

    /** Of a rack that no mixer has given any. */
    public static final KeyRing NONE = new KeyRing("", List.of(), List.of());

    private static final int LENGTH_MAX = 16 << 10;

    public KeyRing {
        wires = List.copyOf(wires);
        journal = List.copyOf(journal);
    }

    /**
     * A key.
     *
     * @param sinceMs when it came, ms since 1970; 0 if it was the first
     */
    public record Kept(byte[] key, long sinceMs) {}

    /** The file in a rack's data folder. */
    public static Path file(Path data) {
        return data.resolve("keys.cbor");
    }

    /**
     * Reads the file.
     *
     * @throws PassportException if it cannot be used
     */
    public static KeyRing read(Path file) throws PassportException {
        byte[] bytes = OwnFile.read(file);
        if (bytes == null) {
            return NONE;
        }
        try {
            return Cbor.read(bytes, KeyRing.class, LENGTH_MAX);
        } catch (IOException malformed) {
            throw new PassportException(
                    file + " is damaged (" + malformed.getMessage() + "); bring it back from a back-up, or remove it:"
                            + " the mixer gives the keys again that it has",
                    malformed);
        }
    }

    /** Writes the file, in place of what was there. */
    public void write(Path file) throws PassportException {
        OwnFile.write(file, Cbor.write(this));
    }

    /** With what a mixer gives now. */
    public KeyRing with(GivenKeys given, String as, long nowMs) {
        return new KeyRing(as, merged(wires, given.wires(), nowMs), merged(journal, given.journal(), nowMs));
    }

    /** Keys for wires at that time: the one that seals first. */
    public List<byte[]> wiresAt(long nowMs) {
        int sealing = 0;
        while (sealing < wires.size() - 1 && nowMs - wires.get(sealing).sinceMs() < SETTLED_MS) {
            sealing++;
        }
        List<byte[]> keys = new ArrayList<>(keys(wires));
        if (!keys.isEmpty()) {
            keys.add(0, keys.remove(sealing));
        }
        return keys;
    }

    /** Keys for wires that the other ring has not. */
    public List<byte[]> newWires(KeyRing than) {
        return keys(wires.stream()
                .filter(kept -> find(than.wires, kept.key()) == null)
                .toList());
    }

    /** Keys for journals: the one that seals first. */
    public List<byte[]> journalKeys() {
        return keys(journal);
    }

    private static List<byte[]> keys(List<Kept> kept) {
        return kept.stream().map(Kept::key).toList();
    }

    private static List<Kept> merged(List<Kept> before, List<byte[]> given, long nowMs) {
        List<Kept> all = new ArrayList<>();
        for (byte[] key : given) {
            Kept kept = find(before, key);
            all.add(kept == null ? new Kept(key.clone(), before.isEmpty() ? 0 : nowMs) : kept);
        }
        for (Kept kept : before) {
            if (!all.contains(kept)) {
                all.add(kept);
            }
        }
        return all.size() <= KEPT_MAX ? all : all.subList(0, KEPT_MAX);
    }

    private static Kept find(List<Kept> among, byte[] key) {
        for (Kept kept : among) {
            if (Arrays.equals(key, kept.key())) {
                return kept;
            }
        }
        return null;
    }
}
