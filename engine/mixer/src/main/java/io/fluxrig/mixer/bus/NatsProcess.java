package io.fluxrig.mixer.bus;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.fault.FailureWords;
import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.fault.SocketReason;
import io.fluxrig.engine.net.PortOwner;
import io.fluxrig.engine.passport.PassportException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of a nats-server: if it ends it is started again, at once, then after longer and longer waits up to {@value #WAIT_MAX_MS} ms.
 * One that a mixer before left behind (it was killed) is taken over as it runs, so that racks keep their connections. Any thread.
 */
final class NatsProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NatsProcess.class);
    private static final long WAIT_MIN_MS = 250;
    private static final long WAIT_MAX_MS = 10_000;
    /** One that ran for that long did not fail at its start. */
    private static final long GOOD_MS = 10_000;

    private static final long STOP_SECONDS = 5;
    /** Becomes the server, in a session of its own: a terminal's Ctrl-C goes to all others, and the mixer decides whether this one ends with it. */
    private static final List<String> SETSID = List.of("/usr/bin/setsid");

    private static final int LAST_WORDS_MAX = 400;

    private final ServerSettings settings;
    private final Path configFile;
    private final AtomicLong restarts = new AtomicLong();
    private ProcessHandle process;
    private long waitMs = WAIT_MIN_MS;
    private boolean closing;

    /** @param configFile that it is started with */
    NatsProcess(ServerSettings settings, Path configFile) {
        this.settings = settings;
        this.configFile = configFile;
    }

    /**
     * Takes over the one that runs with this configuration, or starts one.
     *
     * @return whether it was taken over, and has not read the configuration as it is now
     * @throws PassportException if it cannot be started
     */
    synchronized boolean begin() throws PassportException {
        ProcessHandle left = leftBehind();
        if (left == null) {
            startOne();
        } else {
            LOG.info("takes over {} (pid {}), which a mixer before has left running", NatsServer.PROGRAM, left.pid());
            process = left;
        }
        watch(process, System.nanoTime());
        return left != null;
    }

    /**
     * Tells it something, and waits up to {@value #STOP_SECONDS} s for that; what goes wrong is logged.
     *
     * @return whether it knows: true, too, where none runs, for that reads its configuration when it starts
     */
    boolean signal(String what) {
        ProcessHandle told = handle();
        if (told == null || !told.isAlive()) {
            return true;
        }
        Process signal = null;
        try {
            signal = ServerCheck.process(settings.program().toString(), "--signal", what + "=" + told.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (signal.waitFor(STOP_SECONDS, TimeUnit.SECONDS) && signal.exitValue() == 0) {
                return true;
            }
            LOG.error("{} (pid {}) was not told to {}", NatsServer.PROGRAM, told.pid(), what);
        } catch (IOException e) {
            LOG.error("{} was not told to {}: {}", NatsServer.PROGRAM, what, FileReason.of(e));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            if (signal != null) {
                signal.destroyForcibly();
            }
        }
        return false;
    }

    private synchronized ProcessHandle handle() {
        return process;
    }

    /** How often it had to be started again; waits for nothing. */
    long restarts() {
        return restarts.get();
    }

    /** From now on it is not started again if it ends. */
    synchronized void expectEnd() {
        closing = true;
    }

    /** Leaves it running. */
    synchronized void leave() {
        closing = true;
        process = null;
    }

    /** Ends it, within {@value #STOP_SECONDS} s, and has it started again with the configuration as it is. */
    void anew() {
        end();
    }

    @Override
    public void close() {
        expectEnd();
        end();
    }

    private void end() {
        ProcessHandle ending = handle();
        if (ending != null && ending.isAlive()) {
            ending.destroy();
            ending.onExit()
                    .completeOnTimeout(null, STOP_SECONDS, TimeUnit.SECONDS)
                    .join();
            ending.destroyForcibly();
        }
    }

    private void startOne() throws PassportException {
        requireFree();
        Path words = settings.folder().resolve("nats.out");
        try {
            process = ServerCheck.process(command())
                    .redirectErrorStream(true)
                    .redirectOutput(words.toFile())
                    .start()
                    .toHandle();
            LOG.info("started {} (pid {}) on {}", NatsServer.PROGRAM, process.pid(), settings.bind());
        } catch (IOException e) {
            throw new PassportException(
                    settings.program() + " cannot be started: " + FileReason.of(e)
                            + "; set snake.server, or snake.url to a" + " NATS that is there",
                    e);
        }
    }

    /** What listens there already would be taken for it, also by racks, and would ask none of them who he is. */
    private void requireFree() throws PassportException {
        Address bind = settings.bind();
        try (ServerSocketChannel probe = ServerSocketChannel.open()) {
            probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            probe.bind(new InetSocketAddress(ServerConfig.host(settings), bind.port()));
        } catch (IOException notThere) {
            if (SocketReason.isNotAllowed(notThere)) {
                return; // the program itself may be: it says so if it is not
            }
            throw new PassportException(
                    "snake.bind: " + NatsServer.PROGRAM + " cannot listen on " + bind + ": " + SocketReason.of(notThere)
                            + PortOwner.of(bind.port()) + "; " + SocketReason.listenFix(notThere, "snake.bind")
                            + ". Debian's package starts a NATS there for whoever comes: sudo systemctl disable --now nats-server",
                    notThere);
        }
    }

    private String[] command() {
        Stream<String> apart = SETSID.stream().filter(each -> Files.isExecutable(Path.of(each)));
        Stream<String> server = Stream.of(
                settings.program().toString(), "-c", configFile.toAbsolutePath().toString());
        return Stream.concat(apart, server).toArray(String[]::new);
    }

    private void watch(ProcessHandle watched, long sinceNs) {
        watched.onExit().thenAccept(ended -> again(watched, sinceNs)).exceptionally(unwatched -> {
            LOG.error("{} is not watched any more: {}", NatsServer.PROGRAM, FailureWords.of(unwatched), unwatched);
            return null;
        });
    }

    private void again(ProcessHandle ended, long sinceNs) {
        long wait;
        synchronized (this) {
            if (closing || process != ended) {
                return;
            }
            boolean ranWell = System.nanoTime() - sinceNs >= TimeUnit.MILLISECONDS.toNanos(GOOD_MS);
            waitMs = ranWell ? WAIT_MIN_MS : Math.min(WAIT_MAX_MS, waitMs * 2);
            wait = waitMs;
            restarts.incrementAndGet();
        }
        LOG.error("{} has ended{}; started again in {} ms", NatsServer.PROGRAM, lastWords(), wait);
        CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS).execute(this::startAgain);
    }

    private synchronized void startAgain() {
        if (closing) {
            return;
        }
        try {
            startOne();
        } catch (PassportException notNow) {
            LOG.error("{}", notNow.getMessage());
            CompletableFuture.delayedExecutor(WAIT_MAX_MS, TimeUnit.MILLISECONDS)
                    .execute(this::startAgain);
            return;
        }
        watch(process, System.nanoTime());
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
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException | NumberFormatException unusable) {
            // one that runs has the port, which whoever starts another one is told
            LOG.warn(
                    "whether a {} was left running cannot be told by nats.pid: {}",
                    NatsServer.PROGRAM,
                    unusable.toString());
            return null;
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
