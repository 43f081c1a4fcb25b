package io.fluxrig.mixer.bus;

import io.fluxrig.engine.passport.PassportException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A nats-server with JetStream that the mixer configures, supervises and stops. A change that it cannot be told now is kept, and tried again
 * after longer and longer waits up to {@value #RETRY_MAX_MS} ms; a login that it cannot take is left out. Any thread: changes wait for
 * nats-server to check and to read them, some seconds at most, and for each other; counters do not.
 */
public final class NatsServer implements AutoCloseable {
    /** The name of the program. */
    public static final String PROGRAM = "nats-server";

    private static final Logger LOG = LoggerFactory.getLogger(NatsServer.class);
    private static final List<String> PLACES = List.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/nats");
    private static final long SOON_MS = 1_000;
    private static final long RETRY_MAX_MS = 10_000;

    /** Written under the lock. */
    private volatile ServerSettings settings;

    private final ServerFile file;
    private final NatsProcess process;
    private final AtomicLong unapplied = new AtomicLong();
    private final Map<String, byte[]> racks = new TreeMap<>();
    private final Map<String, WireRights> rights = new TreeMap<>();
    /** Racks that were admitted, whose logins the server does not have yet. */
    private final Map<String, byte[]> waiting = new LinkedHashMap<>();
    /** Racks whose logins the server could not take, until another rack goes. */
    private final Map<String, byte[]> unusable = new HashMap<>();
    /** Whether there are other changes that the server does not have yet. */
    private boolean dirty;
    /** Whether there is to be an attempt soon. */
    private boolean awaited;

    private long appliedMs;
    /** How long the last wait for another attempt was, 0 where the last one did not fail. */
    private long retryMs;

    private volatile boolean closing;

    public NatsServer(ServerSettings settings) {
        this.settings = settings;
        this.file = new ServerFile(settings.folder().resolve("nats.conf"));
        this.process = new NatsProcess(settings, file.path());
    }

    /** Where the program is; looked for where packages put it, and on PATH. */
    public static Optional<Path> find(String path) {
        return Stream.concat(PLACES.stream(), Stream.of(path.split(File.pathSeparator, -1)))
                .filter(place -> !place.isEmpty())
                .map(place -> Path.of(place, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it, or takes over the one that runs with this configuration; without the logins that it cannot take.
     *
     * @param logins of racks that are admitted, by name
     * @param allowed what they may do on the wires between racks
     * @throws PassportException if its files cannot be written, or it cannot be started
     */
    public synchronized void start(Map<String, byte[]> logins, Map<String, WireRights> allowed)
            throws PassportException {
        rights.putAll(allowed);
        ServerFile.Written written = file.write(settings, Map.of(), logins, rights);
        if (!written.ok()) {
            throw new PassportException(written.refusal());
        }
        took(written);
        if (process.begin()) {
            reload();
        }
    }

    /**
     * Lets a rack log in, if it may not yet: from now on, or where another one was let in just now, within {@value #SOON_MS} ms together with
     * whoever comes until then. A rack that is refused meanwhile tries again.
     */
    public synchronized void admit(String rack, byte[] login) {
        if (isKnown(rack, login)) {
            return;
        }
        boolean now = !awaited && System.currentTimeMillis() - appliedMs >= SOON_MS;
        waiting.put(rack, login);
        if (now) {
            apply();
        } else {
            applyIn(SOON_MS);
        }
    }

    private boolean isKnown(String rack, byte[] login) {
        byte[] last = waiting.containsKey(rack) ? waiting.get(rack) : racks.get(rack);
        return Arrays.equals(login, last) || Arrays.equals(login, unusable.get(rack));
    }

    /** Lets a rack log in no more, if it may; its connection is closed. */
    public synchronized void expel(String rack) {
        rights.remove(rack);
        waiting.remove(rack);
        unusable.clear();
        if (racks.remove(rack) != null) {
            dirty = true;
            apply();
        }
    }

    /** Lets those racks log in, by name, and no others; nothing is done where that is so. */
    public synchronized void admitOnly(Map<String, byte[]> logins) {
        waiting.keySet().retainAll(logins.keySet());
        unusable.clear();
        dirty |= racks.keySet().retainAll(logins.keySet());
        logins.forEach((rack, login) -> {
            if (!isKnown(rack, login)) {
                waiting.put(rack, login);
            }
        });
        if (dirty || !waiting.isEmpty()) {
            apply();
        }
    }

    /**
     * Gives racks their rights on the wires between racks; nothing is done where they have them.
     *
     * @param soon whether to wait {@value #SOON_MS} ms for others
     */
    public synchronized void allow(Map<String, WireRights> changed, boolean soon) {
        boolean news = false;
        for (Map.Entry<String, WireRights> each : changed.entrySet()) {
            WireRights before = rights.put(each.getKey(), each.getValue());
            news |= racks.containsKey(each.getKey())
                    && !each.getValue().equals(before == null ? WireRights.NONE : before);
        }
        dirty |= news;
        if (news && soon) {
            applyIn(SOON_MS);
        } else if (!soon && (news || retryMs > 0)) {
            apply();
        }
    }

    private void applyIn(long ms) {
        if (!awaited) {
            awaited = true;
            CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS).execute(this::applyAwaited);
        }
    }

    private synchronized void applyAwaited() {
        awaited = false;
        if (!closing && (dirty || !waiting.isEmpty())) {
            apply();
        }
    }

    /**
     * Whose certificate opens hello from now on, if there is TLS; nothing is done where it is the same.
     *
     * @param joiner as {@link ServerTls} has it
     */
    public synchronized void joinedBy(String joiner) {
        ServerSettings before = settings;
        if (before.tls() != null && !before.tls().joiner().equals(joiner)) {
            settings = before.joinedBy(joiner);
            dirty = true;
            LOG.warn("join.pem is another one now: racks say hello with a copy of it, and with the one before no more");
            apply();
        }
    }

    /** Has it read its certificate again. */
    public synchronized void certificateRenewed() {
        reload();
    }

    private void reload() {
        if (!process.signal("reload")) {
            applyLater();
        }
    }

    /** Whether the mixer itself logs in with that. */
    public boolean isMixers(byte[] login) {
        return Arrays.equals(settings.mixerLogin(), login);
    }

    /** How often it had to be started again. */
    public long restarts() {
        return process.restarts();
    }

    /** How often it could not be told of a change. */
    public long unapplied() {
        return unapplied.get();
    }

    /** From now on it is not started again if it ends. */
    public void expectEnd() {
        closing = true;
        process.expectEnd();
    }

    /** Leaves it running, for the wires between racks. */
    public void leave() {
        closing = true;
        process.leave();
    }

    @Override
    public void close() {
        closing = true;
        process.close();
    }

    /** Has it know what it does not know yet; what fails for now is kept, and tried again. */
    private void apply() {
        if (tell()) {
            dirty = false;
            retryMs = 0;
        } else {
            applyLater();
        }
    }

    private void applyLater() {
        dirty = true;
        unapplied.incrementAndGet();
        retryMs = retryMs == 0 ? SOON_MS : Math.min(RETRY_MAX_MS, 2 * retryMs);
        applyIn(retryMs);
    }

    private boolean tell() {
        Map<String, byte[]> wanted = new TreeMap<>(racks);
        wanted.putAll(waiting);
        try {
            ServerFile.Written written = file.write(settings, racks, wanted, rights);
            if (!written.ok()) {
                LOG.error("who may log in to NATS stays as it was: {}", written.refusal());
                return false;
            }
            boolean news = dirty || !written.unusable().keySet().containsAll(waiting.keySet());
            if (news) {
                appliedMs = System.currentTimeMillis();
                if (!process.signal("reload")) {
                    return false;
                }
            }
            took(written);
            return true;
        } catch (PassportException notNow) {
            LOG.error("who may log in to NATS stays as it was for now: {}", notNow.getMessage());
            return false;
        }
    }

    private void took(ServerFile.Written written) {
        waiting.clear();
        unusable.putAll(written.unusable());
        racks.clear();
        racks.putAll(written.logins());
    }
}
