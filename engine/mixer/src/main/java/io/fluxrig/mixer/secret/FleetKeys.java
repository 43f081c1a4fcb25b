package io.fluxrig.mixer.secret;

import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.passport.Cbor;
import io.fluxrig.engine.passport.GivenKeys;
import io.fluxrig.engine.passport.KeyBox;
import io.fluxrig.engine.passport.PublicKeys;
import io.fluxrig.mixer.enrol.KeyGiver;
import io.fluxrig.mixer.registry.RackEntry;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that racks seal with, as secrets: {@code wires} for wires between them, {@code journal/RACK/FINGERPRINT} for each rack's own disk. Made
 * when they are first asked for, kept for good, given to racks that are admitted. Desk only.
 */
public final class FleetKeys implements KeyGiver {
    /** The secret of wires between racks. */
    public static final String WIRES = "wires";

    /** The newest version of {@link #WIRES} that racks are to open nothing with any more, as a secret beside it, so that it changes with no schema. */
    static final String OUT = "wires.out";

    private static final Logger LOG = LoggerFactory.getLogger(FleetKeys.class);
    private static final byte[] NONE = {};
    private static final long UNKNOWN = -1;
    private static final int MARK_LENGTH = 16;
    private static final long LOOK_NS = 1_000_000_000;
    /** Racks that asked in vain and are told; more ask again by themselves. */
    private static final int WAITING_MAX = 10_000;

    private final SecretStore store;
    private final SecureRandom random;
    private final LongSupplier clockNs;
    /** What each heartbeat asks for, by the secrets of journals, while this mixer leads: nobody else changes keys then. */
    private final Map<String, String> marks = new HashMap<>();

    /** What of the store those are made of. */
    private long madeOf;

    private final Set<String> waiting = new HashSet<>();
    private long lookNs;

    public FleetKeys(SecretStore store, SecureRandom random, LongSupplier clockNs) {
        this.store = store;
        this.random = random;
        this.clockNs = clockNs;
        this.lookNs = clockNs.getAsLong();
    }

    /** The secret of a rack's journals: of the one with that key, so that another one under its name has its own. */
    public static String journal(RackEntry rack) {
        return "journal/" + rack.name() + "/" + PublicKeys.fingerprint(rack.key());
    }

    /** This mixer begins to lead: others may have changed keys. */
    public void forget() {
        marks.clear();
        waiting.clear();
    }

    /** Has the store opened, before racks ask; whether it is. */
    public boolean prepare() {
        return !keys(WIRES).isEmpty();
    }

    @Override
    public String makeReady(RackEntry rack) {
        if (madeOf != store.forgotten()) {
            madeOf = store.forgotten();
            marks.clear();
        }
        String known = marks.get(journal(rack));
        if (known != null) {
            return known;
        }
        if (keys(WIRES).isEmpty() || keys(journal(rack)).isEmpty()) {
            if (waiting.size() < WAITING_MAX) {
                waiting.add(rack.name());
            }
            return "";
        }
        waiting.remove(rack.name());
        String mark = hash(store.stamp(WIRES) + "/ " + store.stamp(journal(rack)) + store.stamp(OUT));
        marks.put(journal(rack), mark);
        return mark;
    }

    @Override
    public String markIfMade(RackEntry rack) {
        return store.stamp(journal(rack)).isEmpty() ? "" : makeReady(rack);
    }

    @Override
    public void readAhead(List<RackEntry> racks) {
        store.readAhead(Stream.concat(Stream.of(WIRES, OUT), racks.stream().map(FleetKeys::journal))
                .toList());
    }

    @Override
    public byte[] give(RackEntry rack, Hello hello) {
        List<byte[]> wires = keys(WIRES);
        List<byte[]> journal = keys(journal(rack));
        List<byte[]> out = out();
        if (wires.isEmpty() || journal.isEmpty() || out == null) {
            return NONE;
        }
        byte[] plain = Cbor.write(new GivenKeys(wires, journal, out));
        try {
            return KeyBox.seal(hello.box(), GivenKeys.context(rack.name(), hello.nonce()), plain);
        } catch (GeneralSecurityException noKey) {
            LOG.warn("rack {} gets no keys: its hello names no X25519 key to seal them for", rack.name());
            return NONE;
        } finally {
            Arrays.fill(plain, (byte) 0);
            wipe(wires);
            wipe(journal);
        }
    }

    @Override
    public boolean isDue(RackEntry rack, String has) {
        boolean waits = waiting.contains(rack.name());
        if (!waits && has == null || waits && clockNs.getAsLong() - lookNs < 0) {
            return false;
        }
        String now = makeReady(rack);
        if (now.isEmpty()) {
            // many wait for the same
            lookNs = clockNs.getAsLong() + LOOK_NS;
            return false;
        }
        return !now.equals(has);
    }

    /**
     * Makes another key of a kind, with a line in the audit log; the number of its version, 0 while none can be made, as
     * {@link SecretStore#trouble} says.
     *
     * @param name {@link #WIRES} or a {@link #journal}
     * @param who asked for it
     */
    public long rotate(String name, String who) {
        try {
            // those of before must be there to be given along
            Secret made = keys(name).isEmpty() ? null : store.add(name, key(), who);
            return made == null ? 0 : made.version();
        } finally {
            // also where it is not known whether it was made
            changed(name);
        }
    }

    private void changed(String name) {
        if (name.equals(WIRES)) {
            marks.clear();
        } else {
            marks.remove(name);
        }
    }

    /**
     * Makes another key for wires, and has racks open nothing with those of before, {@value io.fluxrig.engine.passport.KeyRing#GRACE_MS} ms after
     * they have heard of it; both or neither, each with its line; as {@link #rotate}.
     */
    public long retire(String who) {
        long[] made = new long[1];
        try {
            store.together(() -> {
                long version = rotate(WIRES, who);
                if (version != 0) {
                    byte[] last = Long.toString(version - 1).getBytes(StandardCharsets.US_ASCII);
                    store.add(OUT, last, who, "keys.retire", WIRES, out -> "up to version " + (version - 1));
                }
                made[0] = version;
            });
        } finally {
            changed(WIRES);
        }
        return made[0];
    }

    /** Marks of the keys for wires that are out; null while nobody knows which. */
    private List<byte[]> out() {
        long last = lastOut();
        if (last == UNKNOWN) {
            return null;
        }
        List<byte[]> marks = new ArrayList<>();
        List<Secret> all = store.open(WIRES);
        for (int i = all == null ? -1 : all.size() - 1; i >= 0 && marks.size() < GivenKeys.OUT_MAX; i--) {
            if (all.get(i).version() <= last) {
                marks.add(GivenKeys.mark(all.get(i).value()));
            }
        }
        return marks;
    }

    /** {@link #UNKNOWN} while {@link #OUT} cannot be opened: then each may be out. */
    private long lastOut() {
        // most registries have none, which is asked for each rack
        store.readAhead(List.of(OUT));
        List<Secret> all = store.open(OUT);
        if (all == null) {
            return UNKNOWN;
        }
        return all.isEmpty()
                ? 0
                : Long.parseLong(new String(all.get(all.size() - 1).value(), StandardCharsets.US_ASCII));
    }

    /** The newest first, as many as a rack takes; made where there is none; empty while they cannot be had. */
    private List<byte[]> keys(String name) {
        long out = name.equals(WIRES) ? lastOut() : 0;
        if (out == UNKNOWN) {
            return List.of();
        }
        List<Secret> all = store.open(name);
        if (all != null && all.isEmpty()) {
            Secret made = store.add(name, key());
            all = made == null ? null : List.of(made);
        }
        List<byte[]> keys = new ArrayList<>();
        for (int i = all == null ? -1 : all.size() - 1; i >= 0 && keys.size() < GivenKeys.KEYS_MAX; i--) {
            if (all.get(i).version() > out) {
                keys.add(all.get(i).value());
            }
        }
        return keys;
    }

    /** They were opened for this alone. */
    private static void wipe(List<byte[]> keys) {
        keys.forEach(key -> Arrays.fill(key, (byte) 0));
    }

    private byte[] key() {
        byte[] key = new byte[GivenKeys.KEY_LENGTH];
        random.nextBytes(key);
        return key;
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash).substring(0, MARK_LENGTH);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
