package io.fluxrig.transport.snake.peer;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.snake.nats.SparingLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/**
 * What is known of the far ends of wires from here. An end is up only while its rack says so: three heartbeats that do not come, a
 * connection to NATS that is gone, an end that cannot serve take it down.
 *
 * <pre>
 *   unheard --heartbeat--> serves  &lt;--heartbeats--&gt;  cannot serve, not there
 *                             |                              |
 *                             '---- 3 missed ----> silent ---'--- heartbeat ---> ...
 *   any of them, while there is no connection: no NATS
 * </pre>
 *
 * <p>Any thread; one lock, taken a few times a second.
 */
final class PeerWatch {
    /** So many intervals without a heartbeat, and its rack is silent. */
    static final int MISSES_MAX = 3;
    /** Racks that are kept apart; more than one for a group only. */
    static final int RACKS_MAX = 256;

    /** A rack that was silent for so many times its silence limit is forgotten when room is needed. */
    static final int FORGET_SILENCES = 100;

    /** An end's way up and down is told in the log that often at most. */
    static final long LINE_EACH_NS = 10_000_000_000L;

    private static final long INTERVAL_MIN_MS = 10;
    private static final long INTERVAL_MAX_MS = 60_000;
    private static final long NS_PER_MS = 1_000_000;

    private final Clock clock;
    private final PeerFigures figures;
    private final Logger log;
    private final SparingLog forgedLine;
    private final List<Watched> ends = new ArrayList<>();
    /** By the subject they speak on and their name. */
    private final Map<String, Spoken> spoken = new HashMap<>();

    /** When the racks that were forgotten spoke last, at most: what is older may be one of their heartbeats, said again by somebody else. */
    private long forgottenEpochNs = Long.MIN_VALUE;

    /**
     * The last heartbeat of a rack.
     *
     * @param heardEpochNs when, by this rack's clock
     */
    private record Spoken(String rackOrGroup, Heartbeat last, long heardNs, long heardEpochNs) {
        boolean fresh(long nowNs) {
            return nowNs - heardNs <= silenceNs();
        }

        boolean forgettable(long nowNs) {
            return nowNs - heardNs > FORGET_SILENCES * silenceNs();
        }

        private long silenceNs() {
            long intervalMs = Math.min(INTERVAL_MAX_MS, Math.max(INTERVAL_MIN_MS, last.intervalMs()));
            return MISSES_MAX * intervalMs * NS_PER_MS;
        }
    }

    /** An end, and what the log was told of it. */
    private static final class Watched {
        private final FarEnd end;
        private boolean everUp;
        private boolean toldDown;
        private long downLineNs;

        Watched(FarEnd end, long nowNs) {
            this.end = end;
            this.downLineNs = nowNs - LINE_EACH_NS;
        }
    }

    PeerWatch(Clock clock, PeerFigures figures, Logger log) {
        this.clock = clock;
        this.forgedLine = new SparingLog(clock);
        this.figures = figures;
        this.log = log;
    }

    synchronized void add(FarEnd end) {
        ends.add(new Watched(end, clock.nanoTime()));
    }

    synchronized List<FarEnd> ends() {
        return ends.stream().map(watched -> watched.end).toList();
    }

    /**
     * Takes a heartbeat.
     *
     * @param rackOrGroup whom it was said for
     * @return whether nothing had been heard of that rack, or not lately
     */
    synchronized boolean heard(String rackOrGroup, Heartbeat heartbeat, boolean connected) {
        String key = rackOrGroup + '/' + heartbeat.rack();
        Spoken before = spoken.get(key);
        long nowNs = clock.nanoTime();
        if (heartbeat.epochNs()
                <= (before == null ? forgottenEpochNs : before.last().epochNs())) {
            figures.stale.increment();
            return false;
        }
        if (before == null && spoken.size() >= RACKS_MAX && !forgetOne(nowNs)) {
            figures.crowded.increment();
            return false;
        }
        figures.heard.increment();
        spoken.put(key, new Spoken(rackOrGroup, heartbeat, nowNs, clock.epochNanos()));
        for (Watched watched : ends) {
            if (watched.end.rack().equals(rackOrGroup)) { // nothing is news of the others
                judge(watched, nowNs, connected);
            }
        }
        return before == null || !before.fresh(nowNs);
    }

    /** Forgets the rack that has been silent longest, if that is long enough. */
    private boolean forgetOne(long nowNs) {
        Map.Entry<String, Spoken> oldest = null;
        for (Map.Entry<String, Spoken> each : spoken.entrySet()) {
            boolean older = oldest == null
                    || each.getValue().heardNs() - oldest.getValue().heardNs() < 0;
            oldest = older && each.getValue().forgettable(nowNs) ? each : oldest;
        }
        if (oldest == null) {
            return false;
        }
        Spoken gone = oldest.getValue();
        // a clock that is ahead must not shut out all others
        forgottenEpochNs = Math.max(forgottenEpochNs, Math.min(gone.last().epochNs(), gone.heardEpochNs()));
        spoken.remove(oldest.getKey());
        return true;
    }

    /**
     * Somebody said something for that rack or group that no rack with this key has said.
     *
     * @param advice what to do, where a rack has
     */
    synchronized void forged(String rackOrGroup, String advice) {
        figures.forged.increment();
        if (forgedLine.due()) {
            log.warn(
                    "a heartbeat for rack {} was not made under this rack's key, and does not count: {}; see that racks alone may"
                            + " publish to flux.>",
                    rackOrGroup,
                    advice);
        }
    }

    /** Looks at the clock, several times in an interval. */
    synchronized void look(boolean connected) {
        long nowNs = clock.nanoTime();
        for (Watched watched : ends) {
            judge(watched, nowNs, connected);
        }
    }

    private void judge(Watched watched, long nowNs, boolean connected) {
        FarEnd end = watched.end;
        int serving = 0;
        FarEnd.State state = FarEnd.State.UNHEARD;
        for (Spoken rack : spoken.values()) {
            if (rack.rackOrGroup().equals(end.rack())) {
                FarEnd.State says = says(rack, end, nowNs);
                serving += says == FarEnd.State.SERVES ? 1 : 0;
                state = says.compareTo(state) > 0 ? says : state;
            }
        }
        if (!connected) {
            serving = 0;
            state = FarEnd.State.NO_NATS;
        }
        FarEnd.State before = end.state();
        end.become(state, serving);
        if (state == FarEnd.State.SERVES && before != state) {
            tellUp(watched);
        } else if (before == FarEnd.State.SERVES && state != before) {
            figures.lost.increment();
            tellDown(watched, state, nowNs);
        }
    }

    private static FarEnd.State says(Spoken rack, FarEnd end, long nowNs) {
        if (!rack.fresh(nowNs)) {
            return FarEnd.State.SILENT;
        }
        Boolean serves = rack.last().ends().get(end.subject());
        if (serves == null) {
            return FarEnd.State.NOT_THERE;
        }
        return serves ? FarEnd.State.SERVES : FarEnd.State.CANNOT_SERVE;
    }

    private void tellUp(Watched watched) {
        if (watched.toldDown || !watched.everUp) {
            log.info("rack {} can serve {}", watched.end.rack(), watched.end.name());
        }
        watched.everUp = true;
        watched.toldDown = false;
    }

    private void tellDown(Watched watched, FarEnd.State state, long nowNs) {
        if (nowNs - watched.downLineNs < LINE_EACH_NS) {
            return;
        }
        watched.downLineNs = nowNs;
        watched.toldDown = true;
        log.warn(
                "rack {} is down for {}: {}; a destination that leads there gets nothing, requests go on to the next one or are"
                        + " declined; {}",
                watched.end.rack(),
                watched.end.name(),
                state.words(),
                state.advice());
    }
}
