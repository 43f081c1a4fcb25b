package io.fluxrig.engine.rack.process;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.log.RackLog;
import io.fluxrig.engine.rack.RackSupervisor;
import io.fluxrig.engine.strip.loop.SpinningEpoll;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Vert.x being set up, and the log's rotation made ready, on a thread of its own while the scenario is read: each takes a good
 * part of the time until a rack listens, and neither needs the other. Made and closed by one thread.
 *
 * <p>Vert.x 4.5 takes a transport only by the builder of its package {@code impl}.
 */
final class VertxStart implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VertxStart.class);
    private static final long CLOSE_SECONDS_MAX = 20;

    private final CompletableFuture<Vertx> ready = new CompletableFuture<>();
    /** Null for strips that sleep. */
    private final SpinningEpoll spinning;

    private VertxStart(SpinningEpoll spinning) {
        this.spinning = spinning;
    }

    /** Begins, and returns at once. */
    static VertxStart of(NodeConfig config) {
        VertxStart start = new VertxStart(spinning(config));
        Thread thread = new Thread(() -> start.build(config), "vertx-start");
        thread.setDaemon(true);
        thread.start();
        return start;
    }

    private static SpinningEpoll spinning(NodeConfig config) {
        if (!config.flag(NodeKeys.RACK_BUSY_WAIT) || !config.flag(NodeKeys.RACK_NATIVE_TRANSPORT)) {
            return null;
        }
        SpinningEpoll spinning = new SpinningEpoll();
        return spinning.isAvailable() ? spinning : null;
    }

    private void build(NodeConfig config) {
        try {
            VertxOptions options = new VertxOptions()
                    .setPreferNativeTransport(config.flag(NodeKeys.RACK_NATIVE_TRANSPORT))
                    .setEventLoopPoolSize(RackSupervisor.stripCount(config) + 1);
            options.getFileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
            ready.complete(
                    new VertxBuilder(options).findTransport(spinning).init().vertx());
        } catch (RuntimeException | Error failed) { // whoever waits is told
            ready.completeExceptionally(failed);
            return;
        }
        if (!config.text(NodeKeys.LOGGING_FILE).isEmpty()) {
            RackLog.prepareRotation();
        }
    }

    /**
     * Waits for it.
     *
     * @throws CompletionException with what setting it up failed with as its cause
     */
    Vertx vertx() {
        return ready.join();
    }

    /** The transport of strips that never sleep; null for strips that do. */
    SpinningEpoll spinning() {
        return spinning;
    }

    /** Warns where strips were asked never to sleep and must. */
    void tellWhatCannotSpin(NodeConfig config) {
        if (config.flag(NodeKeys.RACK_BUSY_WAIT) && spinning == null) {
            LOG.warn(
                    "{} has no effect: only epoll can spin (Linux, rack.native_transport = true)",
                    NodeKeys.RACK_BUSY_WAIT);
        }
    }

    /**
     * Waits until it is closed, which it may be already, for {@value #CLOSE_SECONDS_MAX} s at most: event loops that cannot
     * load a class any more never say that they ended, and the process ends without them. Does nothing where it could not be set up.
     */
    @Override
    public void close() {
        if (!ready.handle((vertx, failure) -> failure != null).join()) {
            vertx().close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .completeOnTimeout(null, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
                    .join();
        }
    }
}
