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

    /** A key for wires that is out opens for so long yet: what it sealed is on its way, and others may not have heard of it. */
    public static final long GRACE_MS = 600_000;

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
     * @param outMs from when on it opens nothing, ms since 1970; null for never
     */
    public record Kept(byte[] key, long sinceMs, Long outMs) {
        boolean isOut(long nowMs) {
            return outMs != null && nowMs >= outMs;
        }

        private Kept outOf(List<byte[]> marks, long fromMs) {
            byte[] mark = GivenKeys.mark(key);
            boolean named = marks.stream().anyMatch(each -> Arrays.equals(each, mark));
            return named && outMs == null ? new Kept(key, sinceMs, fromMs) : this;
        }
    }

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
        List<Kept> opening = merged(wires, given.wires(), nowMs).stream()
                .map(kept -> kept.outOf(given.out(), nowMs + GRACE_MS))
                .filter(kept -> !kept.isOut(nowMs))
                .toList();
        return new KeyRing(as, opening, merged(journal, given.journal(), nowMs));
    }

    /** Keys for wires at that time: the one that seals first; none of those that are out. */
    public List<byte[]> wiresAt(long nowMs) {
        List<Kept> in = wires.stream().filter(kept -> !kept.isOut(nowMs)).toList();
        int sealing = 0;
        while (sealing < in.size() - 1 && nowMs - in.get(sealing).sinceMs() < SETTLED_MS) {
            sealing++;
        }
        List<byte[]> keys = new ArrayList<>(keys(in));
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
            all.add(kept == null ? new Kept(key.clone(), before.isEmpty() ? 0 : nowMs, null) : kept);
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
