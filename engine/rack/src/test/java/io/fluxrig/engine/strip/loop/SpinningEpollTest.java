package io.fluxrig.engine.strip.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SpinningEpollTest {
    private final SpinningEpoll epoll = new SpinningEpoll();
    private final SelectStrategy strategy = epoll.strategy();

    @Test
    void shouldSleepWithoutTasksUntilToldToSpin() throws Exception {
        assertThat(strategy.calculateStrategy(() -> 0, false)).isEqualTo(SelectStrategy.SELECT);

        epoll.spin();

        assertThat(strategy.calculateStrategy(() -> 0, false)).isZero();
        assertThat(strategy.calculateStrategy(() -> 3, false)).isEqualTo(3);
    }

    @Test
    void shouldPollWhereTasksWait() throws Exception {
        assertThat(strategy.calculateStrategy(() -> 2, true)).isEqualTo(2);
    }

    @Test
    void shouldLetOtherLoopsSleep() throws Exception {
        CompletableFuture.runAsync(epoll::spin).join();

        assertThat(strategy.calculateStrategy(() -> 0, false)).isEqualTo(SelectStrategy.SELECT);
    }
}
