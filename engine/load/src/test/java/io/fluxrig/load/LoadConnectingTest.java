package io.fluxrig.load;

import static io.fluxrig.load.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a run begins, or why not. */
class LoadConnectingTest {
    @Test
    void shouldSayWhereNobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThatThrownBy(() -> run(Plans.plan(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10)))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining(":" + port);
    }

    @Test
    void shouldSayHowManyConnectionsWereUpInTime() throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, (peer, request) -> {})) {
            LoadPlan plan = Plans.signingOn(Plans.hasty(Plans.plan(target.address(), 20)));

            assertThatThrownBy(() -> run(plan))
                    .hasMessageContaining("0 of 2 connections were up and signed on after 50.0 ms")
                    .hasMessageContaining("--connect-timeout");
        }
    }

    @Test
    void shouldRefuseMoreConnectionsThanThereAreDescriptors() {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        LoadPlan plan = Plans.plan(nobody, "1", 1, Integer.MAX_VALUE, 1, null);

        assertThatThrownBy(() -> run(plan))
                .hasMessageContaining("file descriptors")
                .hasMessageContaining("ulimit -n");
    }

    @Test
    void shouldSignOnEachConnectionFirst() throws Exception {
        AtomicInteger signOns = new AtomicInteger();
        FakeSwitch.Behaviour behaviour = (peer, request) -> {
            if (request.mti() == 800) {
                signOns.incrementAndGet();
            }
            peer.approve(request);
        };
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, behaviour)) {
            LoadPlan plan = Plans.plan(target.address(), 20);
            LoadResult result = run(Plans.signingOn(plan));

            assertThat(signOns).hasValue(2);
            assertThat(result.counts().sent()).isEqualTo(20);
            assertThat(result.counts().exact()).isTrue();
        }
    }

    @Test
    void shouldNotBeginWhenSignOnIsRefused() throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, (peer, request) -> peer.answer(request, "05"))) {
            LoadPlan plan = Plans.signingOn(Plans.plan(target.address(), 20));

            assertThatThrownBy(() -> run(plan)).hasMessageContaining("sign-on answered with response code 05");
        }
    }
}
