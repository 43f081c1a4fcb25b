package io.fluxrig.mixer.bus;

import io.fluxrig.engine.passport.PassportException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final byte[] mixerLogin;
    private final ServerFile file;
    private final NatsProcess process;
    private final AtomicLong unapplied = new AtomicLong();
    /** Whoever tells the server something has it, and takes it ahead of the monitor: all that is below is under that, and nobody waits there. */
    private final ReentrantLock telling = new ReentrantLock();

    /** Under the monitor. */
    private final Admissions admissions;

    /** Whether there is to be an attempt soon. */
    private boolean awaited;

    /** When it was told something last. */
    private long appliedNs = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(SOON_MS);

    /** How long the last wait for another attempt is, 0 where the last one did not fail. */
    private long retryMs;

    private volatile boolean closing;

    public NatsServer(ServerSettings settings) {
        this.mixerLogin = settings.mixerLogin();
        this.admissions = new Admissions(settings);
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
            String streamsBefore = file.streams();
            Wanted now = firstWanted(logins, allowed);
            ServerFile.Written written = file.write(now.settings(), now.had(), now.logins(), now.rights());
            if (!written.ok()) {
                throw new PassportException(written.refusal());
            }
            boolean taken = process.begin();
            if (taken && !streamsBefore.equals(file.streams())) {
                LOG.warn("{} is started anew: what its streams may take has changed", PROGRAM);
                process.anew();
            }
            boolean reads = !taken || process.signal("reload");
            tried(now, reads ? written : null);
        } finally {
            telling.unlock();
        }
    }

    private synchronized Wanted firstWanted(Map<String, byte[]> logins, Map<String, WireRights> allowed) {
        return admissions.first(logins, allowed);
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
        if (!admissions.admit(rack, login)) {
            return false;
        }
        boolean now = !awaited && System.nanoTime() - appliedNs >= TimeUnit.MILLISECONDS.toNanos(SOON_MS);
        if (!now) {
            applySoon();
        }
        return now;
    }

    /** Lets a rack log in no more, if it may; its connection is closed. */
    public void expel(String rack) {
        boolean known;
        synchronized (this) {
            known = admissions.expel(rack);
        }
        if (known) {
            apply();
        }
    }

    /** Whether a rack may log in no more and can, for the server could not be told yet. */
    public synchronized boolean isLetInStill(String rack) {
        return admissions.isLetInStill(rack);
    }

    /** Lets those racks log in, by name, and no others; nothing is done where that is so. */
    public void admitOnly(Map<String, byte[]> logins) {
        boolean news;
        synchronized (this) {
            news = admissions.admitOnly(logins);
        }
        if (news) {
            apply();
        }
    }

    /** Whether a rack is admitted and left out nevertheless, for the server cannot take its login. */
    public synchronized boolean isLeftOut(String rack) {
        return admissions.isLeftOut(rack);
    }

    /**
     * Gives racks their rights on the wires between racks; nothing is done where they have them.
     *
     * @param soon whether to wait {@value #SOON_MS} ms for others
     * @return whether those of them that are admitted have them now
     */
    public boolean allow(Map<String, WireRights> changed, boolean soon) {
        synchronized (this) {
            boolean news = admissions.allow(changed);
            if (news && soon) {
                applySoon();
            }
            if (soon || admissions.have(changed)) {
                return admissions.have(changed);
            }
        }
        apply();
        return have(changed);
    }

    private synchronized boolean have(Map<String, WireRights> wanted) {
        return admissions.have(wanted);
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
            if (!admissions.joinedBy(joiner)) {
                return;
            }
        }
        LOG.warn("join.pem is another one now: racks say hello with a copy of it, and with the one before no more");
        apply();
    }

    /** Has it read its certificate again. */
    public void certificateRenewed() {
        synchronized (this) {
            admissions.certificateRenewed();
        }
        apply();
    }

    /** Whether the mixer itself logs in with that. */
    public boolean isMixers(byte[] login) {
        return Arrays.equals(mixerLogin, login);
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

    /** Ends it, and says what goes over it. */
    @Override
    public void close() {
        closing = true;
        Carried carried = carried();
        if (carried.any()) {
            LOG.warn(
                    "{} over this mixer's {}, which ends with it: racks send nothing there until it is back; snake.keep_server ="
                            + " true keeps it",
                    carried,
                    PROGRAM);
        }
        process.close();
    }

    private synchronized Carried carried() {
        return Carried.of(admissions.wanted().rights().values());
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
        return admissions.isKnown() ? null : admissions.wanted();
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
                appliedNs = System.nanoTime();
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
            admissions.untold();
            unapplied.incrementAndGet();
            retryMs = retryMs == 0 ? SOON_MS : Math.min(RETRY_MAX_MS, 2 * retryMs);
            applyIn(retryMs);
            return;
        }
        retryMs = 0;
        admissions.told(now, written);
        if (!admissions.isKnown()) {
            // of whoever did not wait
            applyIn(SOON_MS);
        }
    }
}
