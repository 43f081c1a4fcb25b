package io.fluxrig.engine.rack.wire;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.passport.GivenKeys;
import io.fluxrig.engine.passport.KeyRing;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.KeyFile;
import io.fluxrig.transport.journal.store.KeySource;
import io.fluxrig.transport.snake.seal.WireKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that a rack seals with: from its mixer where it has some, else from files of its own. A file that an operator put there, or names
 * in {@code store.key_file}, goes first; the keys that do not seal open what they sealed.
 *
 * <p>Threading: owner only; what {@link #wires} gives any thread asks.
 */
public final class RackKeys {
    private static final Logger LOG = LoggerFactory.getLogger(RackKeys.class);

    private static final String ADVICE_LED =
            "a mixer leads this rack: see that it has reached it since the last 'fluxrig admin keys rotate wires', and that there is"
                    + " no snake.key here, which would go first";

    private final NodeConfig config;
    private final boolean led;
    private final Path file;
    private final InstantSource clock;
    /** Null before it is read. */
    private KeyRing ring;
    /** Keys for wires that open and are on no disk. */
    private List<byte[]> unwritten = List.of();

    /** The operator's key for wires, null for none. */
    private byte[] own;

    private volatile List<byte[]> wires = List.of();

    /**
     * Touches no file yet.
     *
     * @param led whether a mixer leads this rack, and gives it keys
     */
    public RackKeys(NodeConfig config, boolean led, InstantSource clock) {
        this.config = config;
        this.led = led;
        this.file = KeyRing.file(Path.of(config.text(NodeKeys.BASE_DATA_DIR)));
        this.clock = clock;
    }

    /** What the mixer calls the keys that it gave; empty for none. */
    public String mark() throws PassportException {
        return ring().mark();
    }

    /**
     * Keeps what the mixer gives, on the disk first. Journals are sealed with the newest from their next opening on, wires with one that this rack
     * has had for {@value KeyRing#SETTLED_MS} ms.
     *
     * @throws PassportException if it cannot be written; until it is, keys for wires open and never seal: a restart would lose them
     */
    public void keep(GivenKeys given, String mark) throws PassportException {
        KeyRing now = ring().with(given, mark, clock.millis());
        try {
            now.write(file);
            ring = now;
            unwritten = List.of();
        } catch (PassportException full) {
            unwritten = now.newWires(ring);
            throw full;
        } finally {
            turn();
        }
    }

    /** Sees whether it is time to seal with another key. */
    public void turn() {
        if (ring == null || wires.isEmpty()) {
            return;
        }
        List<byte[]> now = wiresNow();
        // arrays are compared as such: the ring keeps those that it has
        if (!now.equals(wires)) {
            if (now.get(0) != wires.get(0)) {
                LOG.info("wires between racks are sealed with the newest key from the mixer");
            }
            wires = now;
        }
    }

    /** Keys of the journals on this rack's disk. */
    KeySource journals() {
        return new KeySource() {
            @Override
            public byte[] key() throws JournalException {
                List<byte[]> all = journalKeys();
                all.subList(1, all.size()).forEach(Bytes::wipe);
                return all.get(0);
            }

            @Override
            public List<byte[]> others() throws JournalException {
                List<byte[]> all = journalKeys();
                Bytes.wipe(all.get(0));
                return all.subList(1, all.size());
            }
        };
    }

    private List<byte[]> journalKeys() throws JournalException {
        Path local = config.dataPath(NodeKeys.STORE_KEY_FILE);
        List<byte[]> all = new ArrayList<>();
        for (byte[] key : given().journalKeys()) {
            all.add(key.clone());
        }
        boolean named = isNamed(NodeKeys.STORE_KEY_FILE);
        if (named || all.isEmpty() || Files.exists(local)) {
            all.add(named ? 0 : all.size(), new KeyFile(local, new SecureRandom()).key());
        }
        return all;
    }

    /** Whether there is a key for wires between racks, whoever made it. */
    public boolean hasWireKey() {
        return isPut() || ring != null && !ring.wires().isEmpty();
    }

    /**
     * Keys of the wires between racks.
     *
     * @throws JournalException if there is none; the text is for the operator
     */
    WireKeys wires() throws JournalException {
        boolean put = isPut();
        boolean none = given().wires().isEmpty();
        if (none && led && !put) {
            throw new JournalException(
                    "there is no key for wires between racks yet: the mixer that leads this rack gives it, and"
                            + " 'fluxrig admin keys list' says why it does not; make no snake.key, which would go first for good");
        }
        own = put || none
                ? KeyFile.shared(config.dataPath(NodeKeys.SNAKE_KEY_FILE)).key()
                : null;
        wires = wiresNow();
        return new WireKeys() {
            @Override
            public List<byte[]> now() {
                return wires;
            }

            @Override
            public String advice() {
                return led ? ADVICE_LED : WireKeys.super.advice();
            }
        };
    }

    private boolean isPut() {
        return isNamed(NodeKeys.SNAKE_KEY_FILE) || Files.exists(config.dataPath(NodeKeys.SNAKE_KEY_FILE));
    }

    private List<byte[]> wiresNow() {
        List<byte[]> all = new ArrayList<>(ring.wiresAt(clock.millis()));
        if (own != null) {
            all.add(0, own);
        }
        all.addAll(unwritten);
        return List.copyOf(all);
    }

    /** Whether an operator named a file, and not the one that a rack takes by itself. */
    private boolean isNamed(String key) {
        return !config.text(key).equals(config.setting(key).key().defaultValue());
    }

    private KeyRing given() throws JournalException {
        try {
            return ring();
        } catch (PassportException unusable) {
            throw new JournalException(unusable.getMessage(), unusable);
        }
    }

    private KeyRing ring() throws PassportException {
        if (ring == null) {
            ring = KeyRing.read(file);
        }
        return ring;
    }
}
