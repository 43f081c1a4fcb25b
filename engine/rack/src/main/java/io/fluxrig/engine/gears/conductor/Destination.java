package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.LinkView;
import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gears.conductor.route.Breaker;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.count.Level;
import io.fluxrig.perf.latency.LatencyRecorder;
import java.util.List;

/** One destination as one strip sees it: the way there, whether it is up and answers, and what is counted of it. */
final class Destination {
    private final String port;
    private final Output output;
    private final LinkView links;
    private final LinkView[] otherLines;
    private final Breaker breaker;
    private final Level inFlight;
    private final Level breakerState;
    /** Null but on the strip that reports for all. */
    private final Level linksUp;

    private final Counter requests;
    private final Counter answers;
    private final Counter timeouts;
    private final Counter late;
    private final Counter trips;
    private final Counter withoutLink;
    private final Counter leftOut;
    private final LatencyRecorder latency;
    /** So it is until somebody has looked: what is up when the gear begins did not come anew. */
    private boolean wasUp = true;

    /** Trips of the breaker whose end was told. */
    private int tripsTold;

    /** @param otherLines the destinations that lead to the same host */
    Destination(GearContext context, String port, List<String> otherLines, Breaker breaker) {
        GearMetrics metrics = context.metrics();
        this.port = port;
        this.output = context.output(port);
        this.links = context.linksOf(port);
        this.otherLines = otherLines.stream().map(context::linksOf).toArray(LinkView[]::new);
        this.breaker = breaker;
        String label = "destination";
        inFlight = metrics.level(MetricNames.DESTINATION_IN_FLIGHT, "Requests sent and not answered yet", label, port);
        breakerState =
                metrics.level(MetricNames.DESTINATION_BREAKER, "0 closed, 1 half open, 2 open: left out", label, port);
        linksUp = context.strip() == 0
                ? metrics.level(
                        MetricNames.DESTINATION_LINKS,
                        "Connections up behind the destination, on all strips together, or racks that can serve it; 1 where none"
                                + " are needed",
                        label,
                        port)
                : null;
        requests = metrics.counter(MetricNames.DESTINATION_REQUESTS, "Requests sent", label, port);
        answers = metrics.counter(MetricNames.DESTINATION_ANSWERS, "Answers that redeemed a ticket", label, port);
        timeouts = metrics.counter(MetricNames.DESTINATION_TIMEOUTS, "Requests not answered in time", label, port);
        late = metrics.counter(MetricNames.DESTINATION_LATE, "Answers to requests that had timed out", label, port);
        trips = metrics.counter("destination_trips_total", "Times the breaker opened", label, port);
        withoutLink = skipped(metrics, MetricNames.SKIPPED_NO_LINK);
        leftOut = skipped(metrics, MetricNames.SKIPPED_BREAKER);
        latency = metrics.latency(MetricNames.DESTINATION_LATENCY, "From sent to answered", label, port);
    }

    private Counter skipped(GearMetrics metrics, String reason) {
        return metrics.counter(
                MetricNames.DESTINATION_SKIPPED,
                "Requests that were for it and not sent there, each time",
                "destination",
                port,
                "reason",
                reason);
    }

    String port() {
        return port;
    }

    Output output() {
        return output;
    }

    /** Who is asked there, for people: {@code out_a1 (scheme_a1 127.0.0.1:9101)}. */
    String title() {
        String lines = links.describe();
        return lines.isEmpty() ? port : port + " (" + lines + ")";
    }

    boolean isUp() {
        return links.up() > 0;
    }

    /** Whether it is a peer on another rack, which may itself ask here. */
    boolean isAway() {
        return links.leadsAway();
    }

    /** Whether a request of that conductor would come back there; null for a request of none. */
    boolean closedTo(String origin) {
        return links.closedTo(origin);
    }

    /** Whether what an I/O gear received can be an answer from here: over this line, or another one of the same host. */
    boolean isBehind(String source) {
        if (source == null || links.leadsTo(source)) {
            return true;
        }
        for (LinkView line : otherLines) {
            if (line.leadsToLinks() && line.leadsTo(source)) {
                return true;
            }
        }
        return false;
    }

    Level inFlight() {
        return inFlight;
    }

    /** Whether a request that is for it may go there as far as its links are concerned; counts one that may not. */
    boolean takes() {
        boolean up = isUp();
        if (!up) {
            withoutLink.increment();
        }
        return up;
    }

    /** As {@link Breaker#enter}; counts a request that is refused. */
    int enter(long nowNs) {
        int generation = breaker.enter(nowNs);
        showBreaker();
        if (generation == Breaker.REFUSED) {
            leftOut.increment();
        }
        return generation;
    }

    /** A request is about to be sent; counted now, since its answer may be there before the call that sends it returns. */
    void sending() {
        inFlight.add(1);
    }

    void sent() {
        requests.increment();
    }

    /** It was not sent after all. */
    void notSent(int generation) {
        inFlight.add(-1);
        breaker.notSent(generation);
    }

    void answered(int generation, long nanos) {
        inFlight.add(-1);
        answers.increment();
        latency.record(nanos);
        breaker.answered(generation);
        showBreaker();
    }

    /** True if this opened the breaker. */
    boolean timedOut(int generation, long nowNs) {
        inFlight.add(-1);
        timeouts.increment();
        boolean opened = breaker.timedOut(generation, nowNs);
        if (opened) {
            trips.increment();
        }
        showBreaker();
        return opened;
    }

    /** Given up with its ticket when the gear stops. */
    void abandoned() {
        inFlight.add(-1);
    }

    void late() {
        late.increment();
    }

    /**
     * Looks whether the last connection has gone since the last look, or there is one anew; one strip tells the breaker.
     *
     * @return how many requests of this strip wait for an answer that cannot come over it, 0 if it has not gone
     */
    long lostSinceLastLook() {
        int up = links.up();
        if (linksUp != null) {
            linksUp.set(up);
        }
        boolean gone = wasUp && up == 0;
        boolean came = !wasUp && up > 0;
        wasUp = up > 0;
        if (isTellingForAll()) {
            tellBreaker(gone, came);
        }
        return gone ? inFlight.get() : 0;
    }

    /** Whether the breaker has closed again since the last look; told by one strip for all. */
    boolean answersAgainSinceLastLook() {
        int tripped = breaker.trips();
        boolean again = tripped != tripsTold && breaker.state() == Breaker.State.CLOSED;
        if (again) {
            tripsTold = tripped;
        }
        return again && isTellingForAll();
    }

    private void tellBreaker(boolean gone, boolean came) {
        if (gone) {
            breaker.linksGone();
        } else if (came) {
            breaker.linksCame();
        }
    }

    private boolean isTellingForAll() {
        return linksUp != null;
    }

    /** Brings the metric of this strip up to date. */
    void showBreaker() {
        long state = switch (breaker.state()) {
            case CLOSED -> MetricNames.BREAKER_CLOSED;
            case HALF_OPEN -> MetricNames.BREAKER_HALF_OPEN;
            case OPEN -> MetricNames.BREAKER_OPEN;
        };
        if (breakerState.get() != state) {
            breakerState.set(state);
        }
    }
}
