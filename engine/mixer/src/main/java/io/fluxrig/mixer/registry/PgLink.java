package io.fluxrig.mixer.registry;

import io.fluxrig.engine.config.Address;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.net.ConnectException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the database, made when it is needed, to the first host that takes writes. After a failure nobody waits for the
 * database again for {@value #PAUSE_MS} ms: what is asked meanwhile fails at once.
 *
 * <p>Threading: one thread at a time, which waits; an event loop of its own does the work, so that nobody else's is held up.
 */
final class PgLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PgLink.class);
    private static final long PAUSE_MS = 1_000;
    private static final long NS_PER_MS = 1_000_000;
    /** What has hung for that long is closed, and so is what nobody used; another one is quickly made. */
    private static final int IDLE_SECONDS = 60;

    private static final int CLOSE_SECONDS = 5;

    private final PgSettings settings;
    private final PgFaults faults;
    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    /** Null while there is none. */
    private PgConnection connection;
    /** Whether that one is closed; set by the event loop. */
    private AtomicBoolean closed = new AtomicBoolean();

    /** Null while the database is there. */
    private volatile Away away;

    PgLink(PgSettings settings) {
        this.settings = settings;
        this.faults = new PgFaults(settings);
    }

    private record Away(RegistryException why, long untilNs) {}

    /** Something that is asked of a connection. */
    interface Question {
        Future<RowSet<Row>> of(PgConnection connection);
    }

    /**
     * Asks, over a new connection if there is none.
     *
     * @throws ExecutionException if the database refuses, or the connection is lost; its cause says which
     * @throws TimeoutException if it does not answer in time
     * @throws RegistryException if there is no connection to be had
     */
    RowSet<Row> ask(Question question) throws ExecutionException, TimeoutException {
        connectIfLost();
        return askOn(question);
    }

    /**
     * As {@link #ask}, but over the connection that was asked before and no other: for what belongs together.
     *
     * @throws ExecutionException if that is lost, too
     */
    RowSet<Row> askOn(Question question) throws ExecutionException, TimeoutException {
        PgConnection now = connection;
        if (!connected()) {
            throw new ExecutionException(new ConnectException("the connection is lost"));
        }
        try {
            return await(question.of(now));
        } catch (ExecutionException refused) {
            if (!PgFaults.isAnswer(refused.getCause())) {
                drop();
            }
            throw refused;
        } catch (TimeoutException late) {
            drop();
            pause(new RegistryException(faults.failed("ask", late), late));
            throw late;
        }
    }

    /** Whether there is a connection that is not known to be lost. */
    boolean connected() {
        return connection != null && !closed.get();
    }

    /** Whether the database answered last; any thread. */
    boolean answers() {
        return away == null;
    }

    /** Leaves the connection: the server ends what is under way on it. */
    void drop() {
        if (connection != null) {
            connection.close().onFailure(gone -> LOG.debug("the connection was lost before: {}", gone.toString()));
            connection = null;
        }
    }

    @Override
    public void close() {
        if (connected()) {
            settle(connection.close());
        }
        settle(vertx.close());
    }

    /** What does not come to an end in time is left to the process's end. */
    private static void settle(Future<Void> ending) {
        ending.otherwiseEmpty()
                .toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private void connectIfLost() {
        if (connected()) {
            return;
        }
        connection = null;
        Away before = away;
        if (before != null && System.nanoTime() - before.untilNs() < 0) {
            throw new RegistryException(before.why().getMessage(), before.why());
        }
        RegistryException failure = null;
        for (Address host : settings.url().hosts()) {
            try {
                connection = connect(host);
                if (before != null) {
                    LOG.warn("the registry's database is back, at {}", host);
                }
                away = null;
                return;
            } catch (ExecutionException refused) {
                failure = new RegistryException(faults.unreachable(host, refused.getCause()), refused.getCause());
            } catch (TimeoutException late) {
                failure = new RegistryException(faults.unreachable(host, late), late);
            }
        }
        pause(failure);
        throw failure;
    }

    private void pause(RegistryException failure) {
        if (away == null) {
            LOG.error("{}; asked again every {} ms", failure.getMessage(), PAUSE_MS);
        }
        away = new Away(failure, System.nanoTime() + PAUSE_MS * NS_PER_MS);
    }

    private PgConnection connect(Address host) throws ExecutionException, TimeoutException {
        PgConnection made = await(PgConnection.connect(vertx, options(host)));
        // else the client prints it; whoever asks next says that the connection is lost
        made.exceptionHandler(lost -> LOG.debug("the connection to the database: {}", lost.getMessage()));
        boolean usable = false;
        try {
            // what was given up here must not go on there
            await(made.query("SET statement_timeout = " + settings.timeoutMs()).execute());
            // nor what a mixer had begun that hangs or whose machine is gone: its locks would hold up the one that
            // takes over
            await(made.query("SET idle_in_transaction_session_timeout = " + settings.timeoutMs())
                    .execute());
            await(made.query("SET client_min_messages = 'error'").execute());
            RowSet<Row> readOnly =
                    await(made.query("SHOW transaction_read_only").execute());
            if (readOnly.iterator().next().getString(0).equals("on")) {
                throw new ExecutionException(new ConnectException("it is a copy that takes no writes"));
            }
            usable = true;
        } finally {
            if (!usable) {
                made.close();
            }
        }
        AtomicBoolean gone = new AtomicBoolean();
        made.closeHandler(ended -> gone.set(true));
        closed = gone;
        return made;
    }

    private <T> T await(Future<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(settings.timeoutMs(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ExecutionException(interrupted);
        }
    }

    private PgConnectOptions options(Address host) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(host.host())
                .setPort(host.port())
                .setUser(settings.url().user())
                .setDatabase(settings.url().database())
                .setPassword(settings.password() == null ? "" : settings.password())
                .addProperty("application_name", "fluxrig mixer");
        options.setConnectTimeout((int) settings.timeoutMs())
                .setIdleTimeout(IDLE_SECONDS)
                .setTcpKeepAlive(true);
        if (settings.tls()) {
            options.setSslMode(SslMode.VERIFY_FULL).setHostnameVerificationAlgorithm("HTTPS");
            options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
            options.setTrustOptions(trust());
        }
        return options;
    }

    private TrustOptions trust() {
        if (settings.caFile() != null) {
            return new PemTrustOptions().addCertPath(settings.caFile().toString());
        }
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return TrustOptions.wrap(Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .findFirst()
                    .orElseThrow());
        } catch (GeneralSecurityException untrusting) {
            throw new RegistryException("registry: this JVM has no trust store; set registry.ca_file", untrusting);
        }
    }
}
