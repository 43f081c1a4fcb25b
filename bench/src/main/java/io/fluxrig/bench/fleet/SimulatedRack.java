package io.fluxrig.bench.fleet;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.control.RisingClock;
import io.fluxrig.engine.control.ScenarioPush;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.control.Subjects;
import io.fluxrig.engine.control.Traffic;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.Signed;
import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.ControlBus;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/**
 * The control plane's side of a rack, without gears: keys and a NATS connection of its own, hello, passport, login, heartbeats
 * with traffic, as
 * {@code engine.agent} does it. Says of each scenario that it runs it.
 *
 * <p>Threading: {@link #turn}, {@link #beat} and {@link #close} on one thread at a time; what comes, on the connection's.
 */
final class SimulatedRack implements AutoCloseable {
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(3);
    private static final int STATUS_PORT = 8090;
    private static final long IN_FLIGHT = 17;
    private static final long REQUESTS_PER_SECOND = 1_200;
    private static final int DESTINATIONS = 4;
    private static final int DOWN_ONE_IN = 100;

    private final String name;
    private final String url;
    private final LongAdder faults;
    private final NodeKey key = NodeKey.ephemeral();
    private final NodeKey login = NodeKey.ephemeral();
    private final RisingClock clock = new RisingClock(InstantSource.system());
    private final Random random;
    private final long startedMs = System.currentTimeMillis();
    private ControlBus bus;
    private boolean loggedIn;
    private volatile boolean admitted;
    private volatile ScenarioPush wanted;

    /** @param faults counts what came and could not be read */
    SimulatedRack(String name, String url, LongAdder faults) {
        this.name = name;
        this.url = url;
        this.faults = faults;
        this.random = new Random(name.hashCode());
    }

    String name() {
        return name;
    }

    /** Every other second until {@link #settled}: connects, says hello, and once it is admitted connects with its login. */
    void turn() {
        if (bus == null || bus.refused() || admitted && !loggedIn) {
            connect(admitted && !loggedIn);
        } else if (!admitted && bus.connected()) {
            hello();
        }
    }

    /** Whether it is admitted and connected as such. */
    boolean settled() {
        return loggedIn && bus.connected();
    }

    /** Whether it was sent a scenario. */
    boolean runs() {
        return wanted != null;
    }

    /** Says how it is; false if it cannot. */
    boolean beat() {
        return settled()
                && bus.publish(
                        Subjects.HEARTBEAT,
                        Signed.of(key, Heartbeat.PURPOSE, heartbeat()).write());
    }

    @Override
    public void close() {
        if (bus != null) {
            bus.close();
        }
    }

    private void connect(boolean withLogin) {
        close();
        String inbox = withLogin ? Subjects.inbox(name) : Subjects.ENROL_INBOX;
        bus = new ControlBus(new BusSettings(
                List.of(url), "fluxrig rack " + name, inbox, null, withLogin ? new Login(login) : null, null, false));
        bus.listen(Subjects.notify(key.fingerprint()), (subject, replyTo, body) -> onStanding(body));
        if (withLogin) {
            bus.listen(Subjects.scenario(name), (subject, replyTo, body) -> onPush(body));
            bus.listen(Subjects.order(name), (subject, replyTo, body) -> {});
        }
        loggedIn = withLogin;
        bus.start();
    }

    private void hello() {
        byte[] nonce = new byte[Hello.NONCE_LENGTH];
        random.nextBytes(nonce);
        Hello hello =
                new Hello(name, login.publicKey(), "bench", "bench", clock.nextMs(), nonce, null, null, null, null);
        bus.request(Subjects.HELLO, Signed.of(key, Hello.PURPOSE, hello).write(), ANSWER_WAIT)
                .thenAccept(this::onStanding)
                .exceptionally(silent -> null); // it says hello again
    }

    private void onStanding(byte[] body) {
        try {
            Standing standing = Signed.read(body, Standing.LENGTH_MAX).body(Standing.class);
            admitted |= standing.word().equals(Standing.ACTIVE);
        } catch (IOException malformed) {
            faults.increment();
        }
    }

    private void onPush(byte[] body) {
        try {
            wanted = Signed.read(body, ScenarioPush.LENGTH_MAX).body(ScenarioPush.class);
        } catch (IOException malformed) {
            faults.increment();
        }
    }

    private Heartbeat heartbeat() {
        ScenarioPush run = wanted;
        return new Heartbeat(
                name,
                "bench",
                run == null ? "waiting" : "running",
                "",
                run == null ? "" : run.name(),
                run == null ? "" : run.version(),
                run == null ? "" : "0".repeat(64),
                IN_FLIGHT,
                run == null ? 0 : run.activation(),
                run == null ? "" : "changed",
                "",
                1,
                (System.currentTimeMillis() - startedMs) / 1_000,
                STATUS_PORT,
                null,
                null,
                run == null ? null : traffic(),
                clock.nextMs());
    }

    /** As a switch with four destinations says it, of which one is down now and then. */
    private Traffic traffic() {
        long forMs = System.currentTimeMillis() - startedMs;
        long requests = forMs * REQUESTS_PER_SECOND / 1_000;
        long declined = requests / 80;
        long timeouts = requests / 5_000;
        long p50Us = 600L + random.nextInt(400);
        return new Traffic(
                forMs,
                requests,
                Math.max(0, requests - declined - timeouts - IN_FLIGHT),
                declined,
                timeouts,
                0,
                timeouts / 2,
                p50Us,
                3 * p50Us,
                DESTINATIONS,
                DESTINATIONS - (random.nextInt(DOWN_ONE_IN) == 0 ? 1 : 0),
                0);
    }

    private record Login(NodeKey key) implements BusLogin {
        @Override
        public byte[] publicKey() {
            return key.publicKey();
        }

        @Override
        public byte[] sign(byte[] nonce) {
            return key.sign(nonce);
        }
    }
}
