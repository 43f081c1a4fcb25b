package io.fluxrig.engine.agent;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.control.Freshness;
import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.control.RunNumber;
import io.fluxrig.engine.control.ScenarioPush;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.log.RackLog;
import io.fluxrig.engine.passport.JoinFile;
import io.fluxrig.engine.passport.Passport;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.engine.passport.PassportFile;
import io.fluxrig.engine.passport.PublicKeys;
import io.fluxrig.engine.rack.api.RackMixer;
import io.fluxrig.transport.bus.BusLogin;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a rack that a mixer leads does: one thread takes what comes from the mixer, from a change's end and from the clock, one
 * after the other.
 *
 * <pre>
 *   no passport --hello--> pending --approved--> passport --scenario--> runs
 *                                                   '-- suspended, killed, drained: the gears stop, the passport stays
 * </pre>
 */
final class Agent implements MixerEvents, AgentWork.Host {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final long TURN_MS = 100;
    /** While gears wait for the mixer's first word. */
    private static final long FIRST_TURN_MS = 5;

    private static final long HELLO_MS = 2_000;
    /** A rack that is admitted asks now and then: for a new passport before the old one ends, and whether there is a mixer. */
    private static final long ASK_MS = 60_000;

    /** Of each such time up to this part is left out, by chance, so that racks do not ask all at once. */
    private static final long SPREAD = 4;

    /** Times that it asks in the life of a passport, at least; one is renewed in the last third. */
    private static final long ASKS = 9;

    private static final long NS_PER_MS = 1_000_000;

    private final Identity identity;
    private final KeysTaker keys;
    private final AgentWork work;
    private final AgentOrders orders;
    private final InstantSource clock;
    private final LongSupplier clockNs;
    private final long beganNs;
    private final OperatorLine line;
    private final long heartbeatMs;
    private final AgentTasks tasks = new AgentTasks();
    private final EarlyScenario early = new EarlyScenario();
    private final MixerWatch mixer;
    private final Papers papers;
    private final PassportWatch watch;
    private volatile MixerLink link;
    private DoorWatch door;
    private FirstWord first;
    private volatile boolean stopping;
    /** Whether another run with this key is there in this one's place, as its mixer says. */
    private boolean copied;

    private long connections;
    private long nextConnectMs;
    private long nextHelloMs;
    private long nextHeartbeatMs;

    /** @param work gets what is to run; {@code clockNs} rises evenly, whatever is done to the machine's clock */
    Agent(
            Identity identity,
            PassportFile passports,
            KeysTaker keys,
            Passport passport,
            PassportWatch watch,
            NodeConfig config,
            RackLog log,
            Function<AgentWork.Host, AgentWork> work,
            InstantSource clock,
            LongSupplier clockNs,
            PrintStream out) {
        this.identity = identity;
        this.keys = keys;
        this.papers = new Papers(identity, passports, passport, clock);
        this.watch = watch;
        this.clock = clock;
        this.clockNs = clockNs;
        this.beganNs = clockNs.getAsLong();
        this.line = new OperatorLine(out);
        this.mixer = new MixerWatch(
                clock,
                clockNs,
                this::connected,
                () -> link == null ? 0 : link.gate().dropped());
        this.heartbeatMs = config.durationNs(NodeKeys.SNAKE_HEARTBEAT) / NS_PER_MS;
        this.work = work.apply(this);
        this.orders = new AgentOrders(this.work, log);
    }

    /** Runs until {@link #stop}; whether everything in flight got its outcome. */
    boolean run(Function<MixerEvents, MixerLink> links) throws PassportException, InterruptedException {
        link = links.apply(this);
        try {
            if (papers.admitted() && !papers.managed()) {
                link.openNats();
            }
            link.connect(papers.mayLogIn());
            first = new FirstWord(link, nowMs());
            door = new DoorWatch(identity.name(), identity.tls(), link, this::connectWithWhatCame, line::say, nowMs());
            tellStart();
            while (!stopping) {
                Runnable task = tasks.next(first.waits(nowMs()) ? FIRST_TURN_MS : TURN_MS);
                attempt(task == null ? this::turn : task);
                if (task != null) {
                    attempt(this::turn);
                }
            }
            boolean whole = work.end();
            if (speaks()) {
                Heartbeat.Builder last = work.heartbeat(keys);
                link.heartbeat(moment -> last.at(moment).atTheEnd());
            }
            return whole;
        } finally {
            work.stop(stopping);
            link.close();
        }
    }

    /** What goes wrong with one thing must not keep the rack from all others, and not stop what it switches, an error of the JVM's least. */
    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error failed) {
            LOG.error("the agent goes on after {}", failed.toString(), failed);
        }
    }

    /** Since the agent began: whatever is done to the machine's clock, its turns come. */
    @Override
    public long nowMs() {
        return (clockNs.getAsLong() - beganNs) / NS_PER_MS;
    }

    private boolean connected() {
        MixerLink now = link;
        return now != null && now.connected();
    }

    /** What is known of the mixer; any thread may look. */
    RackMixer mixer() {
        return mixer;
    }

    /** Any thread. */
    void stop() {
        stopping = true;
    }

    @Override
    public void mustDo(Runnable end) {
        tasks.mustDo(end);
    }

    @Override
    public BusLogin login() {
        return papers.login();
    }

    @Override
    public void tellSoon() {
        nextHeartbeatMs = 0;
    }

    @Override
    public void standing(Standing standing, byte[] authority) {
        tasks.later(() -> onStanding(standing, authority));
    }

    @Override
    public void push(ScenarioPush push) {
        tasks.later(() -> onPush(push));
    }

    @Override
    public void order(Order order, String replyTo) {
        tasks.later(() -> {
            mixer.heard();
            if (!copied) {
                AgentOrders.Outcome done = orders.obey(order);
                link.done(order, replyTo, done.ok(), done.text());
            }
        });
    }

    /** A rack that was approved a moment ago may be sent its scenario ahead of the keys for its wires. */
    private void onPush(ScenarioPush push) {
        mixer.heard();
        if (copied) {
            return; // the other one is to run it
        }
        early.keep(push, nowMs());
        pushEarly();
    }

    private void pushEarly() {
        ScenarioPush due = early.take(keys.behind(), nowMs());
        if (due != null) {
            work.push(due);
        }
    }

    private void tellStart() {
        if (!papers.admitted()) {
            line.say("rack " + identity.name() + " (key " + identity.key().fingerprint() + ") says hello to its mixer");
        } else if (papers.expired()) {
            line.say("rack " + identity.name() + ": its passport has expired; it says hello to its mixer for another");
        }
    }

    private void turn() {
        long now = nowMs();
        if (link.refused() && now >= nextConnectMs) {
            connectAgain(now);
        }
        door.turn(now);
        keys.turn();
        pushEarly();
        if (link.connections() != connections) {
            connections = link.connections();
            mixer.asked(); // what it said meanwhile was lost
            nextHelloMs = Math.min(nextHelloMs, now);
        }
        if (link.connected() && now >= nextHelloMs) {
            link.hello(copied);
            mixer.asked();
            nextHelloMs = now + HELLO_MS;
        }
        mixer.turn();
        watch.turn(papers.passport());
        boolean waits = first.waits(now);
        work.turn(papers.admitted() && !copied, watch.refusal(), waits);
        if (!waits && speaks() && now >= nextHeartbeatMs) {
            link.heartbeat(work.heartbeat(keys));
            nextHeartbeatMs = now + heartbeatMs;
        }
    }

    /** A join file, for one, that was missing. */
    private void connectWithWhatCame() {
        try {
            JoinFile join = identity.tls().join();
            if (join != null && papers.authority() == null) {
                link.gate().obeyUnlessKnown(join.authority());
            }
            link.connect(papers.mayLogIn());
        } catch (PassportException unusable) {
            LOG.error("{}", unusable.getMessage());
        }
    }

    /** The server does not know this login, or not any more: the mixer says why, to whoever is not admitted. */
    private void connectAgain(long now) {
        if (!link.admittedLogin()) {
            line.say("NATS refuses rack " + identity.name() + ", tried again every " + HELLO_MS / 1000
                    + " s: look at snake.url and snake.creds_file, and at the log of that NATS");
        }
        link.connect(!link.admittedLogin() && papers.mayLogIn());
        nextConnectMs = now + HELLO_MS;
        nextHelloMs = now + HELLO_MS / 2;
    }

    /** Whether there is nothing to ask for. */
    private boolean settled() {
        return papers.admitted()
                && !copied
                && !papers.expired()
                && link.admittedLogin() == papers.managed()
                && papers.certified()
                && !keys.behind()
                && mixer.answers();
    }

    private long askMs() {
        long most = Math.min(
                ASK_MS, (papers.passport().expiresMs() - papers.passport().issuedMs()) / ASKS);
        return Math.max(HELLO_MS, most - RunNumber.share(identity.run(), most / SPREAD));
    }

    /** Whether it may say how it is: NATS refuses that of a rack that is not admitted. */
    private boolean speaks() {
        return link.connected() && !copied && papers.admitted() && link.admittedLogin() == papers.managed();
    }

    private void onStanding(Standing standing, byte[] authority) {
        mixer.heard();
        first.heard();
        if (link.gate().obeys()) {
            work.memory().led(epoch(standing));
        }
        switch (standing.word()) {
            case Standing.ACTIVE -> admit(standing, authority);
            case Standing.PENDING ->
                line.say("rack " + identity.name() + " (key " + identity.key().fingerprint()
                        + ") waits to be approved by the mixer (key " + PublicKeys.fingerprint(authority)
                        + "): fluxrig admin racks approve " + identity.name());
            case Standing.SUSPENDED -> {
                line.say("rack " + identity.name()
                        + " is suspended: its gears stop until 'fluxrig admin racks activate " + identity.name() + "'");
                work.suspend(true);
            }
            case Standing.REMOVED -> removed(standing.why());
            case Standing.COPIED -> {
                copied = true;
                early.forget();
                work.admitted(false);
                line.say("rack " + identity.name() + " stops its gears: " + standing.why());
            }
            case Standing.REFUSED -> line.say("rack " + identity.name() + " is not admitted: " + standing.why());
            default -> LOG.warn("the mixer says '{}', which this version does not know", standing.word());
        }
        long now = nowMs();
        nextHelloMs = settled() ? now + askMs() : Math.min(nextHelloMs, now + HELLO_MS);
    }

    /** As {@link MixerLink} takes it: none of a mixer whose clock is another. */
    private long epoch(Standing standing) {
        return Freshness.isNear(standing.writtenMs(), clock.millis()) ? standing.epoch() : 0;
    }

    private void admit(Standing standing, byte[] authority) {
        if (copied && standing.nonce().length == 0) {
            return; // unasked it is for the other one
        }
        if (copied) {
            copied = false;
            work.isAlone();
        }
        work.admitted(true);
        try {
            byte[] pinned = papers.authority();
            byte[] obeyed = pinned == null ? authority : pinned;
            Passport came = papers.keep(standing, obeyed);
            if (came != null) {
                link.gate().obey(obeyed, epoch(standing));
                work.memory().led(epoch(standing));
                if (!came.managed()) {
                    link.openNats();
                }
                line.say("rack " + identity.name() + " is admitted by the mixer with key "
                        + PublicKeys.fingerprint(obeyed) + ", passport " + came.serial());
            }
            keys.take(standing, came != null);
            if ((!papers.certified() || keys.behind()) && standing.nonce().length == 0) {
                // who was approved unasked has the passport, and no certificate and keys yet
                nextHelloMs = 0;
            }
            if (link.admittedLogin() != papers.mayLogIn()) {
                link.connect(papers.mayLogIn());
            }
            work.suspend(false);
            tellSoon();
        } catch (PassportException unusable) {
            LOG.error("{}", unusable.getMessage());
        }
    }

    /** The passport is worth nothing any more; only the mixer that this rack obeys can say so. */
    private void removed(String why) {
        line.say("rack " + identity.name() + " was removed" + (why.isEmpty() ? "" : " (" + why + ")")
                + ": its gears stop, it forgets what it ran, and waits to be approved anew: fluxrig admin racks approve "
                + identity.name());
        early.forget();
        work.admitted(false);
        try {
            if (papers.authority() != null) {
                work.forget();
                papers.remove();
            }
        } catch (PassportException stays) {
            LOG.error("{}", stays.getMessage());
        }
    }
}
