package io.fluxrig.mixer.bus;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.control.RisingClock;
import io.fluxrig.engine.control.ScenarioPush;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.control.Subjects;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.PublicKeys;
import io.fluxrig.engine.passport.Signed;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.transport.bus.BusListener;
import io.fluxrig.transport.bus.ControlBus;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * What the mixer says to racks: each message signed with the key that racks obey, addressed to one of them, later than the one before.
 * Any thread.
 */
public final class RackLine implements PushLine, AutoCloseable {
    /** Below it answers to the mixer come. */
    public static final String INBOX = "_INBOX.mixer";

    private static final Duration STREAMS_WAIT = Duration.ofSeconds(3);
    private static final Duration ORDER_WAIT = Duration.ofSeconds(10);
    private static final long ANY_RUN = 0;

    private final ControlBus bus;
    private final NodeKey authority;
    private final LongSupplier epoch;
    private final RisingClock clock;
    private final StreamWatch streams = new StreamWatch();

    /** @param epoch in which the mixer leads that speaks */
    public RackLine(ControlBus bus, NodeKey authority, LongSupplier epoch, InstantSource clock) {
        this.bus = bus;
        this.authority = authority;
        this.epoch = epoch;
        this.clock = new RisingClock(clock);
    }

    /** Listens to what racks say of themselves, and connects. */
    public void start(BusListener hellos, BusListener heartbeats) {
        // whoever floods the one keeps the other waiting, and racks from being let in
        bus.listenApart(Subjects.HELLO, hellos);
        bus.listen(Subjects.HEARTBEAT, heartbeats);
        bus.start();
    }

    /** Messages of racks that have come and were not looked at yet. */
    public long unheard() {
        return bus.waiting();
    }

    /** Messages of racks that the NATS client dropped: too many had not been looked at. */
    public long dropped() {
        return bus.dropped();
    }

    /** The key that racks obey. */
    public byte[] authority() {
        return authority.publicKey();
    }

    @Override
    public boolean connected() {
        return bus.connected();
    }

    /** Asks the mixer's own nats-server whether it can keep streams, for {@link #keepsStreams}; returns at once. */
    public void lookAtStreams() {
        if (connected()) {
            streams.look(() -> bus.request(StreamWatch.QUESTION, new byte[0], STREAMS_WAIT));
        }
    }

    /** Whether it can, as far as that was asked; any thread. */
    public boolean keepsStreams() {
        return streams.able();
    }

    @Override
    public long bodyMax() {
        return bus.bodyMax();
    }

    /** Signs a record, as a passport is. */
    public Signed sign(String purpose, Object record) {
        return Signed.of(authority, purpose, record);
    }

    /** Answers a hello. */
    public void answer(String replyTo, Hello hello, byte[] key, String word, String why, Granted granted) {
        bus.publish(replyTo, standing(hello.rack(), key, word, why, hello.nonce(), granted, ANY_RUN));
    }

    /** Tells a rack its standing, unasked. */
    public void tell(RackEntry rack, String word, String why, Granted granted) {
        bus.publish(
                Subjects.notify(PublicKeys.fingerprint(rack.key())),
                standing(rack.name(), rack.key(), word, why, new byte[0], granted, ANY_RUN));
    }

    /** Tells one run of a rack that another one is there in its place. */
    public void tellCopied(RackEntry rack, long run, String why) {
        bus.publish(
                Subjects.notify(PublicKeys.fingerprint(rack.key())),
                standing(rack.name(), rack.key(), Standing.COPIED, why, new byte[0], Granted.NOTHING, run));
    }

    private byte[] standing(String rack, byte[] key, String word, String why, byte[] nonce, Granted granted, long run) {
        RisingClock.Moment now = clock.next();
        Standing standing = new Standing(
                rack,
                key,
                word,
                why,
                granted.passport(),
                epoch.getAsLong(),
                now.atMs(),
                nonce,
                granted.certificate(),
                granted.keys(),
                granted.keysMark(),
                now.writtenMs(),
                run);
        return sign(Standing.PURPOSE, standing).write();
    }

    @Override
    public boolean push(ActivationEntry activation, byte[] bundle) {
        RisingClock.Moment now = clock.next();
        ScenarioPush push = new ScenarioPush(
                activation.rack(),
                activation.id(),
                activation.scenario(),
                activation.version(),
                bundle,
                activation.restart(),
                epoch.getAsLong(),
                now.atMs(),
                now.writtenMs());
        return bus.publish(
                Subjects.scenario(activation.rack()),
                sign(ScenarioPush.PURPOSE, push).write());
    }

    /** Has a rack do something; what it says came of it. Fails if it does not answer, or somebody else does. */
    public CompletableFuture<Order.Done> order(RackEntry rack, String word, String value) {
        RisingClock.Moment now = clock.next();
        Order order = new Order(rack.name(), word, value, epoch.getAsLong(), now.atMs(), now.writtenMs());
        return bus.request(
                        Subjects.order(rack.name()), sign(Order.PURPOSE, order).write(), ORDER_WAIT)
                .thenCompose(answer -> done(answer, rack, order));
    }

    private static CompletableFuture<Order.Done> done(byte[] answer, RackEntry rack, Order order) {
        try {
            Signed signed = Signed.read(answer, Order.Done.LENGTH_MAX);
            Order.Done done = signed.body(Order.Done.class);
            boolean ofTheRack = Arrays.equals(signed.key(), rack.key()) && signed.isFor(Order.Done.PURPOSE);
            if (ofTheRack && done.order() == order.atMs() && done.rack().equals(rack.name())) {
                return CompletableFuture.completedFuture(done);
            }
            return CompletableFuture.failedFuture(new IOException("somebody else answered for the rack"));
        } catch (IOException malformed) {
            return CompletableFuture.failedFuture(malformed);
        }
    }

    /** Longest of what racks say of themselves; more is dropped unread. */
    public static int heardMax() {
        return Math.max(Hello.LENGTH_MAX, Heartbeat.LENGTH_MAX) + 512;
    }

    @Override
    public void close() {
        bus.close();
    }
}
