package io.fluxrig.mixer.bus;

import io.fluxrig.engine.passport.PassportException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A nats-server with JetStream that the mixer configures, supervises and stops. A change that it cannot be told now is kept, and tried again
 * after longer and longer waits up to {@value #RETRY_MAX_MS} ms; a login that it cannot take is left out.
 *
 * <p>Any thread. Changes wait for nats-server to check and to read them, some seconds at most, and for each other, unless it could not be told
 * of the last one: then they are left to the next attempt, and nobody waits. Counters wait for nothing.
 */
public final class NatsServer implements AutoCloseable {
    /** The name of the program. */
    public static final String PROGRAM = "nats-server";

    private static final Logger LOG = LoggerFactory.getLogger(NatsServer.class);
    private static final List<String> PLACES = List.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/nats");
    private static final long SOON_MS = 1_000;
    private static final long RETRY_MAX_MS = 10_000;

    /** Written under the monitor. */
    private volatile ServerSettings settings;

    private final ServerFile file;
    private final NatsProcess process;
    private final AtomicLong unapplied = new AtomicLong();
    /** Whoever tells the server something has it, and takes it ahead of the monitor: all that is below is under that, and nobody waits there. */
    private final ReentrantLock telling = new ReentrantLock();

    /** Racks that are admitted, and their logins. */
    private final Map<String, byte[]> racks = new TreeMap<>();

    private final Map<String, WireRights> rights = new TreeMap<>();
    /** Logins out of those which the server could not take, until a rack goes. */
    private final Map<String, byte[]> unusable = new HashMap<>();
    /** How often those were forgotten. */
    private long forgotten;
    /** Rises with each of them. */
    private long changes;

    private Told told = new Told(0, Map.of(), Map.of());
    /** Whether it is to read its file again, whatever there is in it. */
    private boolean unread;
    /** Whether there is to be an attempt soon. */
    private boolean awaited;

    private long appliedMs;
    /** How long the last wait for another attempt is, 0 where the last one did not fail. */
    private long retryMs;

    private volatile boolean closing;

    /**
     * What the server knows.
     *
     * @param changes the last one
     */
    private record Told(long changes, Map<String, byte[]> logins, Map<String, WireRights> rights) {}

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
    public void start(Map<String, byte[]> logins, Map<String, WireRights> allowed) throws PassportException {
        telling.lock();
        try {
            Wanted now = firstWanted(logins, allowed);
            ServerFile.Written written = file.write(now.settings(), now.had(), now.logins(), now.rights());
            if (!written.ok()) {
                throw new PassportException(written.refusal());
            }
            boolean reads = !process.begin() || process.signal("reload");
            tried(now, reads ? written : null);
        } finally {
            telling.unlock();
        }
    }

    private synchronized Wanted firstWanted(Map<String, byte[]> logins, Map<String, WireRights> allowed) {
        racks.putAll(logins);
        rights.putAll(allowed);
        changes++;
        return wanted();
    }

    /**
     * Lets a rack log in, if it may not yet: from now on, or where another one was let in just now, within {@value #SOON_MS} ms together with
     * whoever comes until then. A rack that is refused meanwhile tries again.
     */
    public void admit(String rack, byte[] login) {
        if (admitNow(rack, login)) {
            apply();
        }
    }

    private synchronized boolean admitNow(String rack, byte[] login) {
        if (Arrays.equals(login, racks.put(rack, login))) {
            return false;
        }
        changes++;
        boolean now = !awaited && System.currentTimeMillis() - appliedMs >= SOON_MS;
        if (!now) {
            applySoon();
        }
        return now;
    }

    /** Lets a rack log in no more, if it may; its connection is closed. */
    public void expel(String rack) {
        boolean known;
        synchronized (this) {
            rights.remove(rack);
            if (racks.remove(rack) != null) {
                changes++;
                forgetUnusable();
            }
            known = told.logins().containsKey(rack);
        }
        if (known) {
            apply();
        }
    }

    /** Lets those racks log in, by name, and no others; nothing is done where that is so. */
    public void admitOnly(Map<String, byte[]> logins) {
        boolean news;
        synchronized (this) {
            news = racks.keySet().retainAll(logins.keySet()) || !unusable.isEmpty() || told.changes() != changes;
            forgetUnusable();
            for (Map.Entry<String, byte[]> each : logins.entrySet()) {
                news |= !Arrays.equals(each.getValue(), racks.put(each.getKey(), each.getValue()));
            }
            changes += news ? 1 : 0;
        }
        if (news) {
            apply();
        }
    }

    /** Where a rack has gone another one's login may be usable. */
    private void forgetUnusable() {
        unusable.clear();
        forgotten++;
    }

    /** Whether a rack is admitted and left out nevertheless, for the server cannot take its login. */
    public synchronized boolean isLeftOut(String rack) {
        byte[] login = racks.get(rack);
        return login != null && Arrays.equals(login, unusable.get(rack));
    }

    /**
     * Gives racks their rights on the wires between racks; nothing is done where they have them.
     *
     * @param soon whether to wait {@value #SOON_MS} ms for others
     * @return whether those of them that are admitted have them now
     */
    public boolean allow(Map<String, WireRights> changed, boolean soon) {
        synchronized (this) {
            boolean news = false;
            for (Map.Entry<String, WireRights> each : changed.entrySet()) {
                WireRights before = rights.put(each.getKey(), each.getValue());
                news |= racks.containsKey(each.getKey())
                        && !each.getValue().equals(before == null ? WireRights.NONE : before);
            }
            changes += news ? 1 : 0;
            if (news && soon) {
                applySoon();
            }
            if (soon || have(changed)) {
                return have(changed);
            }
        }
        apply();
        return have(changed);
    }

    private synchronized boolean have(Map<String, WireRights> wanted) {
        Told now = told;
        return wanted.entrySet().stream()
                .filter(each -> racks.containsKey(each.getKey()))
                .allMatch(each -> now.logins().containsKey(each.getKey())
                        && each.getValue().equals(now.rights().getOrDefault(each.getKey(), WireRights.NONE)));
    }

    /** Where it could not be told of the last change there is to be another attempt anyway. */
    private void applySoon() {
        if (retryMs == 0) {
            applyIn(SOON_MS);
        }
    }

    private void applyIn(long ms) {
        if (!awaited) {
            awaited = true;
            CompletableFuture.runAsync(this::applyAwaited, CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS))
                    .exceptionally(unexpected -> {
                        LOG.error("{} was not told; tried again", PROGRAM, unexpected);
                        return null;
                    });
        }
    }

    private void applyAwaited() {
        synchronized (this) {
            awaited = false;
        }
        if (!closing) {
            attempt(true);
        }
    }

    /**
     * Whose certificate opens hello from now on, if there is TLS; nothing is done where it is the same.
     *
     * @param joiner as {@link ServerTls} has it
     */
    public void joinedBy(String joiner) {
        synchronized (this) {
            ServerSettings before = settings;
            if (before.tls() == null || before.tls().joiner().equals(joiner)) {
                return;
            }
            settings = before.joinedBy(joiner);
            changes++;
        }
        LOG.warn("join.pem is another one now: racks say hello with a copy of it, and with the one before no more");
        apply();
    }

    /** Has it read its certificate again. */
    public void certificateRenewed() {
        synchronized (this) {
            unread = true;
            changes++;
        }
        apply();
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
        if (!isPutOff()) {
            attempt(false);
        }
    }

    /** Whether it could not be told of the last change: then there is another attempt awaited, or under way. */
    private synchronized boolean isPutOff() {
        return retryMs > 0;
    }

    /** @param again whether it is the one that was awaited */
    private void attempt(boolean again) {
        telling.lock();
        try {
            // whoever was ahead may have told it of this change too, or could not
            Wanted now = again || !isPutOff() ? unknown() : null;
            if (now != null) {
                ServerFile.Written written = null;
                try {
                    written = tell(now);
                } finally {
                    // whatever it ended with, there is another attempt
                    tried(now, written);
                }
            }
        } finally {
            telling.unlock();
        }
    }

    /** What the server does not know yet; null where that is nothing. */
    private synchronized Wanted unknown() {
        return told.changes() == changes ? null : wanted();
    }

    private synchronized Wanted wanted() {
        Map<String, byte[]> had = new TreeMap<>(told.logins());
        had.keySet().retainAll(racks.keySet());
        Map<String, byte[]> logins = new TreeMap<>(had);
        racks.forEach((rack, login) -> {
            if (!Arrays.equals(login, unusable.get(rack))) {
                logins.put(rack, login);
            }
        });
        Wanted wanted = new Wanted(changes, settings, had, logins, new TreeMap<>(rights), unread, forgotten);
        unread = false;
        return wanted;
    }

    /** What it was told; null where it could not be. */
    private ServerFile.Written tell(Wanted now) {
        try {
            ServerFile.Written written = file.write(now.settings(), now.had(), now.logins(), now.rights());
            if (!written.ok()) {
                LOG.error("who may log in to NATS stays as it was: {}", written.refusal());
                return null;
            }
            if (!written.news() && !now.unread()) {
                return written;
            }
            synchronized (this) {
                appliedMs = System.currentTimeMillis();
            }
            return process.signal("reload") ? written : null;
        } catch (PassportException notNow) {
            LOG.error("who may log in to NATS stays as it was for now: {}", notNow.getMessage());
            return null;
        }
    }

    /** @param written null where the server could not be told */
    private synchronized void tried(Wanted now, ServerFile.Written written) {
        if (written == null) {
            unread = true;
            unapplied.incrementAndGet();
            retryMs = retryMs == 0 ? SOON_MS : Math.min(RETRY_MAX_MS, 2 * retryMs);
            applyIn(retryMs);
            return;
        }
        retryMs = 0;
        if (now.forgotten() == forgotten) {
            unusable.putAll(written.unusable());
        }
        told = new Told(now.changes(), written.logins(), now.rights());
        if (told.changes() != changes) {
            // of whoever did not wait
            applyIn(SOON_MS);
        }
    }
}
