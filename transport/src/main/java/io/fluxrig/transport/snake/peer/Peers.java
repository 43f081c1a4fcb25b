package io.fluxrig.transport.snake.peer;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.SparingLog;
import io.fluxrig.transport.snake.seal.SnakeKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/**
 * Heartbeats between racks: says every interval which ends of wires this rack has and whether they can serve, and hears what other
 * racks say of theirs. Over NATS itself and not its stream: a heartbeat that waits is worth nothing.
 *
 * <p>Threading: {@link #farEnd} and {@link #nearEnd} by the owner before {@link #start}; a thread of its own speaks and looks; what
 * comes is read on the connection's. {@link #close} by the owner.
 */
public final class Peers implements AutoCloseable {
    private static final long LOOK_NS = 50_000_000;
    private static final long NS_PER_MS = 1_000_000;
    private static final long JOIN_WAIT_MS = 5_000;

    private final String rack;
    private final Bus bus;
    private final SnakeKey speaking;
    private final SnakeKey hearing;
    private final long intervalNs;
    private final Clock clock;
    private final Logger log;
    private final SparingLog trouble;
    private final PeerFigures figures = new PeerFigures();
    private final PeerWatch watch;
    private final Map<String, BooleanSupplier> nearEnds = new LinkedHashMap<>();
    private volatile boolean atOnce = true;
    private volatile boolean ending;
    private long saidNs;
    private Map<String, Boolean> said = Map.of();
    private long lastEpochNs;
    private Thread thread;

    /**
     * @param speaking used by the thread that speaks
     * @param hearing the same key, used by the connection's thread
     */
    public Peers(String rack, Bus bus, SnakeKey speaking, SnakeKey hearing, long intervalNs, Clock clock, Logger log) {
        this.rack = rack;
        this.bus = bus;
        this.speaking = speaking;
        this.hearing = hearing;
        this.intervalNs = intervalNs;
        this.clock = clock;
        this.log = log;
        this.trouble = new SparingLog(clock);
        this.watch = new PeerWatch(clock, figures, log);
    }

    /**
     * Watches the far end of wires from here.
     *
     * @param serving told at each change how many racks can serve it, 0 for down; on threads of this
     */
    public FarEnd farEnd(String subject, IntConsumer serving) {
        FarEnd end = new FarEnd(subject, serving);
        watch.add(end);
        return end;
    }

    /**
     * Speaks of an end that wires from other racks lead to.
     *
     * @param serves whether what stands behind it can serve now; asked on the thread of this
     */
    public void nearEnd(String subject, BooleanSupplier serves) {
        nearEnds.put(subject, serves);
        if (nearEnds.size() > Heartbeat.ENDS_MAX) {
            throw new IllegalArgumentException("ends=" + nearEnds.size() + " max=" + Heartbeat.ENDS_MAX);
        }
    }

    public PeerFigures figures() {
        return figures;
    }

    /** Begins to listen and to speak, as soon as there is a connection. */
    public void start() {
        listen();
        thread = new Thread(this::run, "snake-peers");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits until every far end is there.
     *
     * @return the ends that did not answer in time, with why; empty if all did
     */
    public List<String> awaitFarEnds(long waitNs) {
        long startedNs = clock.nanoTime();
        while (!missing().isEmpty() && clock.nanoTime() - startedNs < waitNs && !ending) {
            LockSupport.parkNanos(LOOK_NS);
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
        }
        return missing();
    }

    private List<String> missing() {
        return watch.ends().stream()
                .filter(end -> !end.isThere())
                .map(end -> end.name() + " (" + end.downBecause() + ")")
                .toList();
    }

    void listen() {
        TreeSet<String> racks = watch.ends().stream().map(FarEnd::rack).collect(Collectors.toCollection(TreeSet::new));
        racks.forEach(other -> bus.listen(Heartbeat.subject(other), message -> hear(other, message.body())));
    }

    private void hear(String other, byte[] body) {
        Heartbeat heartbeat = Heartbeat.read(hearing, Heartbeat.subject(other), body);
        if (heartbeat == null) {
            watch.forged(other, hearing.advice());
        } else if (watch.heard(other, heartbeat, connected())) {
            atOnce = true; // who is new here may be waiting for us
        }
    }

    private void run() {
        while (!ending) {
            try {
                turn();
            } catch (RuntimeException | Error failure) {
                watch.look(false); // nobody is sent anything whose heartbeats are not looked at
                if (trouble.due()) {
                    log.error(
                            "heartbeats of other racks are not dealt with, tried again: {}",
                            failure.toString(),
                            failure);
                }
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        try {
            say(Map.of()); // others need not wait until they miss it
        } catch (RuntimeException | Error failure) {
            log.debug("other racks will miss this one's heartbeats: {}", failure.toString());
        }
    }

    /** Speaks if it is time to or there is news, and looks at what was heard. */
    void turn() {
        boolean connected = connected();
        if (connected) {
            speak(clock.nanoTime());
        } else {
            atOnce = true;
        }
        watch.look(connected);
    }

    private void speak(long nowNs) {
        boolean asked = atOnce;
        atOnce = false;
        Map<String, Boolean> ends = new LinkedHashMap<>();
        nearEnds.forEach((subject, serves) -> ends.put(subject, serves.getAsBoolean()));
        if (!asked && nowNs - saidNs < intervalNs && ends.equals(said)) {
            return;
        }
        if (say(ends)) {
            saidNs = nowNs;
            said = ends;
        } else {
            atOnce = true;
        }
    }

    /** One message for each rack or group that wires to here name. */
    private boolean say(Map<String, Boolean> ends) {
        Map<String, Map<String, Boolean>> byRack = new LinkedHashMap<>();
        for (String subject : nearEnds.keySet()) {
            Map<String, Boolean> of = byRack.computeIfAbsent(FarEnd.rackOf(subject), first -> new LinkedHashMap<>());
            if (ends.containsKey(subject)) {
                of.put(subject, ends.get(subject));
            }
        }
        lastEpochNs = Math.max(clock.epochNanos(), lastEpochNs + 1);
        List<Boolean> published = new ArrayList<>();
        byRack.forEach((name, of) -> {
            String subject = Heartbeat.subject(name);
            Heartbeat heartbeat = new Heartbeat(rack, lastEpochNs, intervalNs / NS_PER_MS, of);
            published.add(bus.publish(subject, null, null, heartbeat.write(speaking, subject)));
        });
        boolean all = !published.contains(false);
        figures.sent.add(all ? published.size() : 0);
        return all;
    }

    private boolean connected() {
        return bus.connection() != Bus.DOWN;
    }

    /** Says that this rack has no ends any more, and ends. */
    @Override
    public void close() {
        ending = true;
        if (thread == null) {
            return;
        }
        LockSupport.unpark(thread);
        try {
            thread.join(JOIN_WAIT_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            log.error("the thread of heartbeats between racks has not ended after {} ms; NATS may hang", JOIN_WAIT_MS);
        }
    }
}
