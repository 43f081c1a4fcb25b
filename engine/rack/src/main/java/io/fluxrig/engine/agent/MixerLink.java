package io.fluxrig.engine.agent;

import io.fluxrig.engine.agent.MixerGate.Kind;
import io.fluxrig.engine.agent.MixerGate.Sent;
import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.control.RisingClock;
import io.fluxrig.engine.control.ScenarioPush;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.control.Subjects;
import io.fluxrig.engine.passport.Signed;
import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.ControlBus;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rack's line to its mixer: says hello and heartbeats, and hands on what comes once it is known to be the mixer's, meant for this
 * rack, and new ({@link MixerGate}).
 *
 * <p>Threading: the agent's thread, but where it says any; what comes is handed over on the bus's.
 */
final class MixerLink implements DoorWatch.Link, FirstWord.Line, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MixerLink.class);
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(3);

    private final Identity identity;
    private final KeysTaker keys;
    private final List<String> urls;
    private final Path credentials;
    private final String version;
    private final String host;
    private final MixerGate gate;
    private final RisingClock rising;
    private final SecureRandom random = new SecureRandom();
    private final MixerEvents events;
    private volatile ControlBus bus;
    private volatile boolean admittedLogin;
    /** Connections of the buses before this one. */
    private final AtomicLong earlier = new AtomicLong();

    /** Written by the agent's thread only. */
    private volatile boolean openNats;

    private volatile boolean unanswered;

    MixerLink(
            Identity identity,
            KeysTaker keys,
            List<String> urls,
            Path credentials,
            MixerGate gate,
            String version,
            String host,
            InstantSource clock,
            MixerEvents events) {
        this.identity = identity;
        this.keys = keys;
        this.urls = urls;
        this.credentials = credentials;
        this.version = version;
        this.host = host;
        this.gate = gate;
        this.rising = new RisingClock(clock);
        this.events = events;
    }

    /** Connects as a rack that was admitted, or as one that was not. */
    @Override
    public void connect(boolean admitted) {
        ControlBus before = bus;
        if (before != null) {
            before.close();
            earlier.addAndGet(before.connections());
        }
        admittedLogin = admitted;
        String inbox = admitted ? Subjects.inbox(identity.name()) : Subjects.ENROL_INBOX;
        ControlBus made = new ControlBus(
                new BusSettings(
                        urls,
                        "fluxrig rack " + identity.name(),
                        inbox,
                        credentials,
                        admitted ? identity.busLogin() : null,
                        admitted ? identity.tls().admitted() : identity.tls().joining(),
                        false),
                "this rack runs on as it is, and hears nothing of its mixer");
        made.listen(Subjects.notify(identity.key().fingerprint()), (subject, replyTo, body) -> onStanding(body, null));
        if (admitted || credentials != null || openNats) {
            listenToMixer(made);
        }
        made.start();
        bus = made;
    }

    /** The mixer that admitted this rack has no part in who may log in to NATS: what is meant for this rack can be heard at once. */
    void openNats() {
        boolean heardAlready = openNats || admittedLogin || credentials != null;
        openNats = true;
        ControlBus now = bus;
        if (!heardAlready && now != null) {
            listenToMixer(now);
        }
    }

    private void listenToMixer(ControlBus to) {
        to.listen(Subjects.scenario(identity.name()), (subject, replyTo, body) -> onPush(body));
        to.listen(Subjects.order(identity.name()), (subject, replyTo, body) -> onOrder(body, replyTo));
    }

    @Override
    public boolean admittedLogin() {
        return admittedLogin;
    }

    private boolean is(Predicate<ControlBus> how) {
        ControlBus now = bus;
        return now != null && how.test(now);
    }

    @Override
    public boolean certificateRefused() {
        return is(ControlBus::certificateRefused);
    }

    /** Any thread. */
    @Override
    public boolean connected() {
        return is(ControlBus::connected);
    }

    @Override
    public long connections() {
        ControlBus now = bus;
        return earlier.get() + (now == null ? 0 : now.connections());
    }

    @Override
    public boolean unreachable() {
        return is(ControlBus::unreachable);
    }

    @Override
    public boolean unanswered() {
        return unanswered;
    }

    @Override
    public boolean unknownLogin() {
        return is(ControlBus::unknownLogin);
    }

    /** Whether the server does not know this rack's login, and there will be no connection. */
    boolean refused() {
        return is(ControlBus::refused);
    }

    /** Who is believed. */
    MixerGate gate() {
        return gate;
    }

    /**
     * Says hello; the answer comes as an event, or does not.
     *
     * @param copied whether the mixer says that another run is there in this one's place
     */
    void hello(boolean copied) {
        byte[] nonce = new byte[Hello.NONCE_LENGTH];
        random.nextBytes(nonce);
        RisingClock.Moment now = rising.next();
        Hello hello = new Hello(
                identity.name(),
                identity.login().publicKey(),
                version,
                host,
                now.atMs(),
                nonce,
                identity.tls().publicKey(),
                identity.tls().certifiedMs(),
                keys.box(),
                keys.mark(),
                now.writtenMs(),
                identity.run(),
                copied);
        byte[] signed = Signed.of(identity.key(), Hello.PURPOSE, hello).write();
        ControlBus over = bus;
        long connection = over.connections();
        CompletableFuture<byte[]> asked = over.request(Subjects.HELLO, signed, ANSWER_WAIT);
        asked.thenAccept(answer -> answered(answer, nonce)).exceptionally(failure -> {
            // with the connection goes the answer, and says nothing of who is there
            if (over.connected() && over.connections() == connection) {
                unanswered = true;
            }
            LOG.debug("no mixer answers: {}", failure.toString());
            return null;
        });
    }

    /** Tells of its own faults itself, which are not the mixer's silence. */
    private void answered(byte[] answer, byte[] nonce) {
        try {
            onStanding(answer, nonce);
        } catch (RuntimeException | Error broken) {
            LOG.error("the mixer's answer could not be dealt with", broken);
        }
    }

    /** Says how the rack is, unless it cannot now. */
    void heartbeat(Heartbeat.Builder heartbeat) {
        Heartbeat whole = heartbeat.at(rising.next());
        bus.publish(
                Subjects.HEARTBEAT,
                Signed.of(identity.key(), Heartbeat.PURPOSE, whole).write());
    }

    /** Says what came of an order. */
    void done(Order order, String replyTo, boolean ok, String text) {
        if (replyTo != null) {
            Order.Done done = new Order.Done(identity.name(), order.atMs(), ok, text, rising.nextMs());
            bus.publish(
                    replyTo, Signed.of(identity.key(), Order.Done.PURPOSE, done).write());
        }
    }

    @Override
    public void close() {
        ControlBus now = bus;
        if (now != null) {
            now.close();
        }
    }

    /** @param nonce of the hello that this answers, null where it comes unasked */
    void onStanding(byte[] body, byte[] nonce) {
        try {
            Signed signed = Signed.read(body, Standing.LENGTH_MAX);
            Standing standing = signed.body(Standing.class);
            if (standing.run() != 0 && standing.run() != identity.run()) {
                return; // another run of this rack is meant, which it reaches on the same subject
            }
            Sent sent = new Sent(standing.epoch(), standing.atMs(), standing.writtenMs());
            boolean mine = standing.rack().equals(identity.name())
                    && Arrays.equals(standing.key(), identity.key().publicKey());
            boolean in = nonce == null
                    ? gate.admits(Kind.STANDING, signed, sent, mine)
                    : gate.admitsAnswer(signed, sent, mine && Arrays.equals(nonce, standing.nonce()));
            if (in) {
                events.standing(standing, signed.key());
            }
        } catch (IOException malformed) {
            gate.malformed(Kind.STANDING, malformed.getMessage());
        }
    }

    void onPush(byte[] body) {
        try {
            Signed signed = Signed.read(body, ScenarioPush.LENGTH_MAX);
            ScenarioPush push = signed.body(ScenarioPush.class);
            Sent sent = new Sent(push.epoch(), push.atMs(), push.writtenMs());
            if (gate.admits(Kind.SCENARIO, signed, sent, push.rack().equals(identity.name()))) {
                events.push(push);
            }
        } catch (IOException malformed) {
            gate.malformed(Kind.SCENARIO, malformed.getMessage());
        }
    }

    void onOrder(byte[] body, String replyTo) {
        try {
            Signed signed = Signed.read(body, Order.LENGTH_MAX);
            Order order = signed.body(Order.class);
            Sent sent = new Sent(order.epoch(), order.atMs(), order.writtenMs());
            if (gate.admits(Kind.ORDER, signed, sent, order.rack().equals(identity.name()))) {
                events.order(order, replyTo);
            }
        } catch (IOException malformed) {
            gate.malformed(Kind.ORDER, malformed.getMessage());
        }
    }
}
