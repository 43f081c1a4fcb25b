package io.fluxrig.engine.rack.wire;

import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.strip.StripBank;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.transport.snake.peer.FarEnd;
import io.fluxrig.transport.snake.peer.PeerFigures;
import io.fluxrig.transport.snake.peer.Peers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rack's heartbeats to and from the racks that it has wires with, from opening to closing: what they say of their ends becomes the
 * link state of the destinations that lead there. Owner only, but for {@link #ends}; what it sets in motion says itself on which threads.
 */
final class RackPeers {
    private static final Logger LOG = LoggerFactory.getLogger(RackPeers.class);

    private final Peers peers;
    private final List<String> nearEnds;
    private final Map<String, Report> reports = new LinkedHashMap<>();
    private final List<FarEnd> farEnds = new ArrayList<>();

    /** Where a far end is reported once there is a bank; down until then. */
    private static final class Report implements IntConsumer {
        private volatile IntConsumer to = serving -> {};

        @Override
        public void accept(int serving) {
            to.accept(serving);
        }
    }

    /** Watches the far ends of the plan's wires and registers what is counted. */
    RackPeers(Peers peers, StripPlan plan, RackMetrics metrics) {
        this.peers = peers;
        this.nearEnds = new ArrayList<>(plan.arriving().stream()
                .map(wire -> wire.carriage().subject())
                .distinct()
                .toList());
        plan.leaving().stream()
                .map(wire -> wire.carriage().subject())
                .distinct()
                .forEach(subject -> watch(subject, metrics));
        PeerFigures figures = peers.figures();
        metrics.counter("peer_sent_total", "Heartbeats sent to other racks.", figures::sent);
        metrics.counter("peer_heard_total", "Heartbeats of other racks that counted.", figures::heard);
        metrics.counter("peer_lost_total", "Times that the far end of a wire went down.", figures::lost);
        refused(metrics, "forged", figures::forged);
        refused(metrics, "stale", figures::stale);
        refused(metrics, "crowded", figures::crowded);
    }

    private void watch(String subject, RackMetrics metrics) {
        Report report = new Report();
        reports.put(subject, report);
        FarEnd end = peers.farEnd(subject, report);
        farEnds.add(end);
        metrics.level(
                "peer_serving",
                "Racks that say that they can serve the far end of a wire; 0: destinations that lead there are down.",
                end::serving,
                "end",
                end.name());
    }

    /** The far ends of wires from here, with why each is down; empty where it is up. Any thread. */
    Map<String, String> ends() {
        Map<String, String> ends = new LinkedHashMap<>();
        farEnds.forEach(end -> ends.put(end.name(), end.downBecause()));
        return ends;
    }

    private static void refused(RackMetrics metrics, String reason, DoubleSupplier value) {
        metrics.counter(
                "peer_refused_total",
                "Heartbeats dropped: made under another key, older than one before, of more racks than are kept apart.",
                value,
                "reason",
                reason);
    }

    /**
     * Begins to speak and to listen.
     *
     * @param running whether the gears run; before and after, this rack's ends are there and cannot serve
     */
    void start(StripBank bank, BooleanSupplier running) {
        reports.forEach((subject, report) -> report.to = bank.farEnd(subject)::up);
        for (String subject : nearEnds) {
            BooleanSupplier serves = bank.nearEnd(subject);
            peers.nearEnd(subject, () -> running.getAsBoolean() && serves.getAsBoolean());
        }
        peers.start();
    }

    /** Waits until the far end of every wire has answered, no longer than that; says which has not. Blocks. */
    void await(long waitNs) {
        if (reports.isEmpty() || waitNs == 0) {
            return;
        }
        List<String> silent = peers.awaitFarEnds(waitNs);
        if (!silent.isEmpty()) {
            LOG.warn(
                    "this rack starts without the other end of {} of {} wires to other racks, which did not answer within"
                            + " snake.probe_wait: {}; destinations that lead there are down until it does, all else works",
                    silent.size(),
                    reports.size(),
                    String.join(", ", silent));
        }
    }

    void close() {
        peers.close();
    }
}
