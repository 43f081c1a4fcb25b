package io.fluxrig.engine.gears.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.gear.LinkReport;
import io.fluxrig.engine.gears.LoopRig;
import io.fluxrig.engine.gears.Probe;
import io.netty.channel.ChannelException;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DialerTest {
    private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
    private final LinkReport report = new LinkReport() {
        @Override
        public void up(int connections) {
            // nobody asks
        }

        @Override
        public int upOn(int strip) {
            return 0;
        }

        @Override
        public void trouble(String why) {
            troubles.add(why);
        }
    };

    private static final String GEARS = """
            gears:
              - { name: sink, type: probe }
              - name: host
                type: io_iso8583
                config: { mode: server, bind: "127.0.0.1:0", reconnect_wait: 5s }
            wires:
              - { from: sink.out, to: host.in }
              - { from: host.out, to: sink.in }
            """;

    @Test
    void shouldTryAgainAfterAnAttemptThatCouldNotBegin() {
        try (LoopRig rig = new LoopRig(GEARS)) {
            AtomicInteger attempts = new AtomicInteger();
            Probe probe = rig.probe("sink");

            dial(probe, "127.0.0.1", (link, peer) -> {
                if (attempts.incrementAndGet() < 3) {
                    throw new ChannelException(new IOException("newSocketStream(..) failed: Too many open files"));
                }
            });

            LoopRig.until(() -> {
                rig.advance(Duration.ofSeconds(1));
                return attempts.get() >= 3;
            });
        }
    }

    @Test
    void shouldTryAgainWhereAClassCouldNotBeLoadedAndTheHostHadToBeLookedUp() {
        try (LoopRig rig = new LoopRig(GEARS)) {
            AtomicInteger attempts = new AtomicInteger();
            Probe probe = rig.probe("sink");

            dial(probe, "localhost", (link, peer) -> {
                assertThat(peer).isNotNull();
                attempts.incrementAndGet();
                throw new NoClassDefFoundError("io/netty/channel/Some");
            });

            LoopRig.until(() -> {
                rig.advance(Duration.ofSeconds(1));
                return attempts.get() >= 3;
            });
        }
    }

    @Test
    void shouldDialEveryLinkOfAHostThatHadToBeLookedUp() {
        try (LoopRig rig = new LoopRig(GEARS)) {
            Set<Integer> links = ConcurrentHashMap.newKeySet();
            Probe probe = rig.probe("sink");

            dial(probe, settings("localhost", 5), (link, peer) -> links.add(link));

            LoopRig.until(() -> links.size() == 5);
        }
    }

    @Test
    void shouldReportWhyALinkCannotBeHad() {
        try (LoopRig rig = new LoopRig(GEARS)) {
            Probe probe = rig.probe("sink");
            dial(probe, "127.0.0.1", (link, peer) -> {
                throw new IllegalStateException("Connection refused");
            });

            LoopRig.until(() -> troubles.contains("connection refused"));
        }
    }

    private void dial(Probe probe, String host, Dialer.Attempt attempt) {
        dial(probe, settings(host, 1), attempt);
    }

    private void dial(Probe probe, IoSettings settings, Dialer.Attempt attempt) {
        probe.context.sockets().eventLoop().execute(() -> new Dialer(probe.context, settings, report, attempt).start());
    }

    private static IoSettings settings(String host, int connections) {
        return new IoSettings(
                false,
                new Address(host, 9),
                connections,
                1000,
                5_000_000_000L,
                0,
                null,
                1,
                0,
                0,
                0,
                1,
                true,
                null,
                null,
                false);
    }
}
