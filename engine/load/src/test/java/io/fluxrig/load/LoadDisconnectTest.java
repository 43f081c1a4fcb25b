package io.fluxrig.load;

import static io.fluxrig.load.Runs.losing;
import static io.fluxrig.load.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.load.report.Findings;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a run makes of connections that it loses or leaves. */
class LoadDisconnectTest {
    @Test
    void shouldLeaveAConnectionThatSendsNoFrames() throws Exception {
        AtomicInteger count = new AtomicInteger();
        LoadResult result = losing(
                (peer, request) -> {
                    if (count.incrementAndGet() == 3) {
                        peer.sendRaw(new byte[] {0, 9, 'n', 'o', ' ', 'm', 't', 'i', 'x', 'x', 'x'});
                    }
                    peer.approve(request);
                },
                counts -> counts.unreadable() == 1);

        assertThat(result.counts().unreadable()).isEqualTo(1);
        assertThat(result.counts().open()).isPositive();
        assertThat(result.counts().disconnects()).isZero();
    }

    @Test
    void shouldCountLostConnectionAndItsRequests() throws Exception {
        AtomicInteger count = new AtomicInteger();
        LoadResult result = losing(
                (peer, request) -> {
                    if (count.incrementAndGet() == 20) {
                        peer.hangUp();
                    }
                    peer.approve(request);
                },
                counts -> counts.disconnects() == 1);

        assertThat(result.counts().disconnects()).isEqualTo(1);
        assertThat(result.counts().open()).isPositive();
        assertThat(result.counts().cutOff())
                .as("nobody else lost any")
                .isEqualTo(result.counts().open());
        assertThat(result.counts().timeouts()).isZero();
        assertThat(result.counts().exact()).isFalse();
    }

    @Test
    void shouldEndOnceNoConnectionIsLeft() throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, (peer, request) -> peer.hangUp())) {
            long hourNs = TimeUnit.HOURS.toNanos(1);
            LoadResult result = run(Plans.plan(target.address(), "1000", hourNs, 2, 64, null));

            assertThat(result.ending()).isEqualTo(LoadResult.Ending.DISCONNECTED);
            assertThat(Findings.verdict(result))
                    .as("with what a write to a closed connection broke by, if there was one")
                    .matches(
                            "The other side closed all 2 connections( \\((broken pipe|connection reset)\\))?, so the run ended.*");
            assertThat(Findings.warnings(result).get(0)).startsWith("Nothing was answered: check that framing");
            assertThat(Findings.warnings(result)).noneMatch(warning -> warning.contains("no room in flight"));
        }
    }
}
