package io.fluxrig.mixer.bus;

import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A nats-server with JetStream that the mixer configures, supervises and stops. If it ends it is started again, at once, then after
 * longer and longer waits up to {@value #WAIT_MAX_MS} ms. One that a mixer before left behind (it was killed) is taken over as it runs,
 * so that racks keep their connections. Any thread.
 */
public final class NatsServer implements AutoCloseable {
    /** The name of the program. */
    public static final String PROGRAM = "nats-server";

    private static final Logger LOG = LoggerFactory.getLogger(NatsServer.class);
    private static final List<String> PLACES = List.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/nats");
    private static final long WAIT_MIN_MS = 250;
    private static final long WAIT_MAX_MS = 10_000;
    /** One that ran for that long did not fail at its start. */
    private static final long GOOD_MS = 10_000;

    private static final long SOON_MS = 1_000;
    private static final long STOP_SECONDS = 5;
    private static final int LAST_WORDS_MAX = 400;

    /** Written under the lock. */
    private volatile ServerSettings settings;

    private final Path configFile;
    private final Map<String, byte[]> racks = new TreeMap<>();
    private final Map<String, WireRights> rights = new TreeMap<>();
    /** Racks that were admitted, whose logins the server does not have yet. */
    private final Map<String, byte[]> waiting = new LinkedHashMap<>();
    /** Whether there are changes that the server does not have yet. */
    private boolean awaited;

    private long appliedMs;

    private ProcessHandle process;
    private long waitMs = WAIT_MIN_MS;
    private boolean closing;
    private long restarts;

    public NatsServer(ServerSettings settings) {
        this.settings = settings;
        this.configFile = settings.folder().resolve("nats.conf");
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
     * Starts it, or takes over the one that runs with this configuration.
     *
     * @param logins of racks that are admitted, by name
     * @param allowed what they may do on the wires between racks
     * @throws PassportException if its files cannot be written, or it cannot be started
     */
    public synchronized void start(Map<String, byte[]> logins, Map<String, WireRights> allowed)
            throws PassportException {
        racks.putAll(logins);
        rights.putAll(allowed);
        writeConfig();
        ProcessHandle left = leftBehind();
        if (left != null) {
            LOG.info("takes over {} (pid {}), which a mixer before has left running", PROGRAM, left.pid());
            process = left;
            signal("reload");
        } else {
            begin();
        }
        watch(process, System.currentTimeMillis());
    }

    /**
     * Lets a rack log in: from now on, or where another one was let in just now, within {@value #SOON_MS} ms together with whoever comes
     * until then. A rack that is refused meanwhile tries again.
     */
    public synchronized void admit(String rack, byte[] login) {
        if (waiting.isEmpty() && System.currentTimeMillis() - appliedMs >= SOON_MS) {
            letIn(Map.of(rack, login));
        } else {
            waiting.put(rack, login);
            applySoon();
        }
    }

    /** With the logins, if the server can use them: or every change after this one would fail with it. */
    private boolean letIn(Map<String, byte[]> logins) {
        Map<String, byte[]> before = new TreeMap<>(racks);
        racks.putAll(logins);
        boolean applied = apply();
        if (!applied) {
            racks.clear();
            racks.putAll(before);
        }
        return applied;
    }

    /** Lets a rack log in no more; its connection is closed. */
    public synchronized void expel(String rack) {
        rights.remove(rack);
        waiting.remove(rack);
        if (racks.remove(rack) != null) {
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
        if (news && !soon) {
            apply();
        } else if (news) {
            applySoon();
        }
    }

    private void applySoon() {
        if (!awaited) {
            awaited = true;
            CompletableFuture.delayedExecutor(SOON_MS, TimeUnit.MILLISECONDS).execute(this::applyAwaited);
        }
    }

    private synchronized void applyAwaited() {
        if (!awaited || closing) {
            return;
        }
        awaited = false;
        Map<String, byte[]> all = new LinkedHashMap<>(waiting);
        waiting.clear();
        if (!letIn(all) && !all.isEmpty()) {
            // one that cannot be used must not keep the others out
            all.forEach((rack, login) -> letIn(Map.of(rack, login)));
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
            if (apply()) {
                LOG.warn(
                        "join.pem is another one now: racks say hello with a copy of it, and with the one before no more");
            } else {
                settings = before;
            }
        }
    }

    /** Has it read its certificate again. */
    public synchronized void certificateRenewed() {
        signal("reload");
    }

    /** Whether the mixer itself logs in with that. */
    public boolean isMixers(byte[] login) {
        return Arrays.equals(settings.mixerLogin(), login);
    }

    /** How often it had to be started again. */
    public synchronized long restarts() {
        return restarts;
    }

    /** Its process, 0 while there is none. */
    public synchronized long pid() {
        return process == null ? 0 : process.pid();
    }

    /** From now on it is not started again if it ends. */
    public synchronized void expectEnd() {
        closing = true;
    }

    /** Leaves it running, for the wires between racks. */
    public synchronized void leave() {
        closing = true;
        process = null;
    }

    @Override
    public void close() {
        ProcessHandle ending;
        synchronized (this) {
            closing = true;
            ending = process;
        }
        if (ending != null && ending.isAlive()) {
            ending.destroy();
            ending.onExit()
                    .completeOnTimeout(null, STOP_SECONDS, TimeUnit.SECONDS)
                    .join();
            ending.destroyForcibly();
        }
    }

    private boolean apply() {
        awaited = !waiting.isEmpty();
        try {
            writeConfig();
            signal("reload");
            appliedMs = System.currentTimeMillis();
            return true;
        } catch (PassportException unwritten) {
            LOG.error("who may log in to NATS stays as it was: {}", unwritten.getMessage());
            return false;
        }
    }

    /** In place of the one before, but only if the server can use it: it would not start again with one that it cannot. */
    private void writeConfig() throws PassportException {
        Path draft = settings.folder().resolve("nats.conf.new");
        OwnFile.write(draft, ServerConfig.write(settings, racks, rights).getBytes(StandardCharsets.UTF_8));
        ServerCheck.check(settings.program(), draft);
        try {
            Files.move(draft, configFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new PassportException(configFile + " cannot be written: " + FileReason.of(e), e);
        }
    }

    private void begin() throws PassportException {
        Path words = settings.folder().resolve("nats.out");
        try {
            process = ServerCheck.process(
                            settings.program().toString(),
                            "-c",
                            configFile.toAbsolutePath().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(words.toFile())
                    .start()
                    .toHandle();
            LOG.info("started {} (pid {}) on {}", PROGRAM, process.pid(), settings.bind());
        } catch (IOException e) {
            throw new PassportException(
                    settings.program() + " cannot be started: " + FileReason.of(e)
                            + "; set snake.server, or snake.url to a" + " NATS that is there",
                    e);
        }
    }

    private void watch(ProcessHandle watched, long sinceMs) {
        watched.onExit().thenAccept(ended -> again(watched, sinceMs)).exceptionally(unwatched -> {
            LOG.error("{} is not watched any more: {}", PROGRAM, unwatched.toString());
            return null;
        });
    }

    private void again(ProcessHandle ended, long sinceMs) {
        long wait;
        synchronized (this) {
            if (closing || process != ended) {
                return;
            }
            boolean ranWell = System.currentTimeMillis() - sinceMs >= GOOD_MS;
            waitMs = ranWell ? WAIT_MIN_MS : Math.min(WAIT_MAX_MS, waitMs * 2);
            wait = waitMs;
            restarts++;
        }
        LOG.error("{} has ended{}; started again in {} ms", PROGRAM, lastWords(), wait);
        CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS).execute(this::startAgain);
    }

    private synchronized void startAgain() {
        if (closing) {
            return;
        }
        try {
            begin();
        } catch (PassportException notNow) {
            LOG.error("{}", notNow.getMessage());
            CompletableFuture.delayedExecutor(WAIT_MAX_MS, TimeUnit.MILLISECONDS)
                    .execute(this::startAgain);
            return;
        }
        watch(process, System.currentTimeMillis());
    }

    /** The process named in the pid file, if it is a nats-server with this very configuration; null if not. */
    private ProcessHandle leftBehind() {
        try {
            String pid = Files.readString(settings.folder().resolve("nats.pid")).strip();
            return ProcessHandle.of(Long.parseLong(pid))
                    .filter(ProcessHandle::isAlive)
                    .filter(handle -> handle.info()
                            .commandLine()
                            .filter(line ->
                                    line.contains(configFile.toAbsolutePath().toString()))
                            .isPresent())
                    .orElse(null);
        } catch (IOException | NumberFormatException none) {
            return null;
        }
    }

    private void signal(String what) {
        if (process == null || !process.isAlive()) {
            return;
        }
        try {
            Process signal = new ProcessBuilder(settings.program().toString(), "--signal", what + "=" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!signal.waitFor(STOP_SECONDS, TimeUnit.SECONDS) || signal.exitValue() != 0) {
                LOG.error("{} (pid {}) was not told to {}", PROGRAM, process.pid(), what);
            }
        } catch (IOException e) {
            LOG.error("{} was not told to {}: {}", PROGRAM, what, FileReason.of(e));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it said at its end; its log is beside. */
    private String lastWords() {
        for (String file : List.of("nats.out", "nats.log")) {
            try {
                String text = Files.readString(settings.folder().resolve(file)).strip();
                int from = Math.max(text.lastIndexOf('\n') + 1, text.length() - LAST_WORDS_MAX);
                if (!text.isEmpty()) {
                    return " (" + text.substring(from) + ")";
                }
            } catch (IOException unreadable) {
                LOG.debug("{}: {}", file, FileReason.of(unreadable));
            }
        }
        return "";
    }
}
