package io.fluxrig.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.simulation.Request.Outcome;
import io.fluxrig.engine.simulation.Request.Sending;
import io.fluxrig.iso.codec.IsoMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The books of a run, kept outside the rack: who asked what, what issuers said, what terminals were told; and the rules that
 * hold after every event.
 *
 * <ul>
 *   <li>A terminal is told only of requests that it sent, over the link it sent them.
 *   <li>What it is told answers the type of its request, and only two requests of one type under one STAN are in each other's way.
 *   <li>It is told at most once for each time it asked, and always the same while the outcome is kept.
 *   <li>An issuer's answer that the rack took in time, over whichever line of its host, is not turned into a timeout.
 *   <li>An issuer's answer reaches a terminal only if the issuer was sent that very request and gave that very answer.
 *   <li>Parked data never reaches an issuer and always comes back.
 *   <li>Who is still connected is told within the deadline and one second.
 * </ul>
 */
final class Ledger {
    static final int PARKED = 62;

    private static final long GRACE_NS = 1_000_000_000L;
    /** Network time there and back, and the tick of deadlines. */
    private static final long TICK_NS = 10_000_000L;

    private static final long SLACK_NS = 60_000_000L;

    private record Answer(String rrn, String gear, boolean genuine, long atNs) {}

    private final Map<String, Request> requests = new LinkedHashMap<>();
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final IdentityHashMap<byte[], String> onTheirWay = new IdentityHashMap<>();
    private final Map<String, Long> takenNs = new HashMap<>();
    private final Map<SimLink, Long> fullNs = new LinkedHashMap<>();
    private final Map<SimLink, Long> fullSinceNs = new LinkedHashMap<>();
    private final Map<SimLink, Long> lostNs = new LinkedHashMap<>();
    private final List<Request> awaited = new ArrayList<>();
    private final long retainNs;
    private int deadStrip = -1;
    private int told;

    /** @param retainNs how long an outcome is sure to be kept */
    Ledger(long retainNs) {
        this.retainNs = retainNs;
    }

    List<Request> all() {
        return List.copyOf(requests.values());
    }

    Request find(String rrn) {
        return requests.get(rrn);
    }

    int told() {
        return told;
    }

    /** That strip will never move again: what has to do with it is excused. */
    void deadStrip(int strip) {
        deadStrip = strip;
    }

    /** A link takes nothing for that long: its terminal cannot be told meanwhile. */
    void full(SimLink link, long durationNs, long nowNs) {
        fullNs.merge(link, durationNs, Long::sum);
        fullSinceNs.put(link, nowNs);
    }

    /** An answer was lost where its terminal took nothing, on another strip than its ticket's. */
    void lost(SimLink link, long nowNs) {
        lostNs.put(link, nowNs);
    }

    void sent(Request request, SimLink link, long nowNs, long standstillNs) {
        requests.putIfAbsent(request.rrn, request);
        request.sendings.add(new Sending(link, nowNs, standstillNs));
        if (!awaited.contains(request)) {
            awaited.add(request);
        }
    }

    /** A request is on its way to an issuer. */
    void sentTo(String gear, IsoMessage message) {
        Request request = requests.get(message.text(37));
        assertThat(request).as("%s was sent a request that nobody made", gear).isNotNull();
        assertThat(message.mti() & ~1).as("type of %s at %s", request, gear).isEqualTo(request.mti);
        assertThat(message.text(11)).as("stan of %s at %s", request, gear).isEqualTo(request.stan);
        assertThat(message.text(2)).as("card of %s at %s", request, gear).isEqualTo(request.pan);
        assertThat(message.text(4)).as("amount of %s at %s", request, gear).isEqualTo(request.amount);
        assertThat(message.has(PARKED))
                .as("parked data of %s at %s", request, gear)
                .isFalse();
        request.sentTo.add(gear);
    }

    /** An issuer is about to say that. */
    void answered(String auth, String rrn, String gear, boolean genuine, long nowNs) {
        answers.put(auth, new Answer(rrn, gear, genuine, nowNs));
    }

    /** These bytes, and no equal ones, are that answer. */
    void onItsWay(byte[] bytes, String auth) {
        onTheirWay.put(bytes, auth);
    }

    /** The rack took a frame from a line. */
    void taken(byte[] bytes, long nowNs) {
        String auth = onTheirWay.remove(bytes);
        if (auth != null) {
            takenNs.put(auth, nowNs);
        }
    }

    /** A terminal was told something. */
    void told(SimLink link, IsoMessage message, long sentNs, long standstillNs) {
        told++;
        Request request = requests.get(message.text(37));
        assertThat(request)
                .as("%s was told of a request that nobody made", link)
                .isNotNull();
        assertThat(request.timesOver(link))
                .as("%s was told of %s, which it did not send", link, request)
                .isPositive();
        assertThat(message.mti() & ~1).as("type of the answer to %s", request).isEqualTo(request.mti + 10);
        assertThat(message.text(41)).as("terminal in the answer to %s", request).isEqualTo(request.terminal);
        if (message.text(39).equals("94")) {
            assertThat(requests.values())
                    .as("what %s is refused for as a duplicate", request)
                    .anyMatch(request::collidesWith);
        }
        String auth = message.has(38) ? message.text(38) : "";
        Outcome outcome = new Outcome(link, sentNs, message.text(39), auth);
        if (!auth.isEmpty()) {
            genuine(request, auth);
        } else if (outcome.isFinal()) {
            nobodyAnswered(request, standstillNs);
        }
        assertThat(message.text(PARKED)).as("parked data of %s", request).isEqualTo("P" + request.rrn);
        same(request, outcome);
        request.outcomes.add(outcome);
        assertThat(request.answersOver(link))
                .as("answers to %s over %s", request, link)
                .isLessThanOrEqualTo(request.timesOver(link));
    }

    /** Everybody who is still connected and was due an answer by now has one. */
    void nobodyIsOverdue(long nowNs, long standstillNs) {
        awaited.removeIf(request -> isSettled(request, nowNs, standstillNs));
    }

    private void genuine(Request request, String auth) {
        Answer answer = answers.get(auth);
        assertThat(answer).as("the answer to %s was made up", request).isNotNull();
        assertThat(answer.rrn()).as("%s was told another's answer", request).isEqualTo(request.rrn);
        assertThat(answer.genuine())
                .as("%s was told what %s had no right to say", request, answer.gear())
                .isTrue();
        assertThat(request.sentTo).as("who answered %s", request).contains(answer.gear());
    }

    /** A timeout of a request asked once means that no issuer's answer was there in time. */
    private void nobodyAnswered(Request request, long standstillNs) {
        if (request.sendings.size() > 1 || request.sendings.get(0).standstillNs != standstillNs) {
            return;
        }
        takenNs.forEach((auth, atNs) -> {
            Answer answer = answers.get(auth);
            assertThat(answer.rrn().equals(request.rrn) && atNs < request.deadlineNs() - SLACK_NS)
                    .as("%s timed out although the answer of %s had been taken", request, answer.gear())
                    .isFalse();
        });
    }

    private void same(Request request, Outcome outcome) {
        if (!outcome.isFinal()) {
            return;
        }
        for (Outcome before : request.outcomes) {
            if (before.isFinal() && outcome.atNs() - decidedNs(request, before) < retainNs - TICK_NS) {
                assertThat(outcome.text()).as("second outcome of %s", request).isEqualTo(before.text());
            }
        }
    }

    /** When the rack came to know the outcome, or earlier; it is kept from then on, told or not. */
    private long decidedNs(Request request, Outcome outcome) {
        return outcome.auth().isEmpty()
                ? request.deadlineNs()
                : answers.get(outcome.auth()).atNs();
    }

    /** The time for offering an outcome to a full link ran out while the rack could not offer it. */
    private boolean wasFullWhileStandingStill(Sending sending, long standstillNs) {
        return standstillNs > sending.standstillNs && fullSinceNs.getOrDefault(sending.link, -1L) >= sending.atNs;
    }

    /** Whether nothing more is due; fails if something is overdue. */
    private boolean isSettled(Request request, long nowNs, long standstillNs) {
        boolean settled = true;
        for (Sending sending : request.sendings) {
            SimLink link = sending.link;
            boolean excused = !link.up
                    || deadStrip >= 0 && request.touched(deadStrip)
                    || lostNs.getOrDefault(link, -1L) >= sending.atNs
                    || wasFullWhileStandingStill(sending, standstillNs);
            if (excused || request.lastOver(link) != sending) {
                continue;
            }
            if (request.wasToldOver(link, sending.atNs)) {
                continue;
            }
            long allowedNs = request.timeoutNs() + GRACE_NS + SLACK_NS + (standstillNs - sending.standstillNs);
            allowedNs += fullNs.getOrDefault(link, 0L);
            assertThat(nowNs - sending.atNs)
                    .as("nanoseconds that %s has waited over %s", request, link)
                    .isLessThanOrEqualTo(allowedNs);
            settled = false;
        }
        return settled;
    }
}
