package io.fluxrig.engine.strip;

import static org.assertj.core.api.Assertions.assertThat;

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
    private final Undelivered undelivered = new Undelivered(
            new WireTerms("guaranteed", "->west.b.in", false, EXPIRE_NS), "b", new RackMetrics().gear("b", 0), clock);

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
                        "expire_after is 2000 ms: its terminal was not told; if code 00 the issuer approved: reverse it (0 more");
    }

    @Test
    void shouldSayThatAnAnswerWhoseConnectionIsGoneMayBeMoney() {
        undelivered.orphaned(message(210));

        assertThat(lines.said())
                .singleElement()
                .asString()
                .contains("was dropped: its terminal was not told; if code 00 the issuer approved: reverse it (0 more");
    }

    @Test
    void shouldSayNoneOfThatOfARequest() {
        assertThat(undelivered.expires(message(100))).isTrue();

        assertThat(lines.said()).singleElement().asString().contains("expire_after is 2000 ms (0 more");
    }
}
