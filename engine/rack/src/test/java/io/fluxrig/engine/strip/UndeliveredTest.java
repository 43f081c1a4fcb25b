package io.fluxrig.engine.strip;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gears.LogBudgets;
import io.fluxrig.engine.gears.LogLines;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.msg.FluxMsg;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator reads of messages that a wire does not hand over. */
final class UndeliveredTest {
    private static final long EXPIRE_NS = 2_000_000_000L;

    private final LogLines lines = new LogLines("wire");
    private final VirtualClock clock = new VirtualClock();
    private final StripTimers timers = new StripTimers(clock.nanoTime(), 5_000_000, 16);
    private final Undelivered undelivered = new Undelivered(
            new WireTerms("guaranteed", "->west.b.in", false, EXPIRE_NS),
            "b",
            new RackMetrics().gear("b", 0),
            clock,
            new LogBudgets(clock, timers.ofStrip()));

    @AfterEach
    void close() {
        lines.close();
    }

    private FluxMsg message(int mti) {
        IsoPayload payload = new IsoPayload();
        payload.message().setMti(mti);
        FluxMsg message = new FluxMsg();
        message.payload(payload);
        message.tsEpochNs(clock.epochNanos() - EXPIRE_NS - 1_000_000);
        return message;
    }

    @Test
    void shouldSayThatAnAnswerWhichCameTooLateMayBeMoney() {
        assertThat(undelivered.expires(message(110))).isTrue();

        assertThat(lines.said())
                .singleElement()
                .asString()
                .contains("west.b.in: message 0110 is 2001 ms old")
                .doesNotContain("->")
                .contains(
                        "expire_after is 2000 ms: its terminal was not told; if code 00 the issuer approved: reverse it");
    }

    @Test
    void shouldSayThatAnAnswerWhoseConnectionIsGoneMayBeMoney() {
        undelivered.orphaned(message(210));

        assertThat(lines.said())
                .singleElement()
                .asString()
                .contains("was dropped: its terminal was not told; if code 00 the issuer approved: reverse it");
    }

    @Test
    void shouldSayNoneOfThatOfARequest() {
        assertThat(undelivered.expires(message(100))).isTrue();

        assertThat(lines.said()).singleElement().asString().endsWith("expire_after is 2000 ms");
    }

    @Test
    void shouldTellHowManyWereLeftOutOfRequestsAndOfAnswers() {
        for (int i = 0; i < 267; i++) {
            undelivered.expires(message(100));
        }
        undelivered.expires(message(110));
        undelivered.expires(message(110));
        assertThat(lines.said()).hasSize(2).noneMatch(line -> line.contains("more"));

        clock.advance(10_010_000_000L);
        timers.poll(clock.nanoTime(), 16);

        assertThat(lines.said())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("266 more like this since ")
                        && line.contains("west.b.in: messages were older than expire_after and not handed to b"))
                .anyMatch(line -> line.startsWith("1 more like this since ") && line.endsWith(": reverse them"));
    }
}
