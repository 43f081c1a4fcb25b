package io.fluxrig.mixer.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class StreamWatchTest {
    private final StreamWatch watch = new StreamWatch();

    private void says(String answer) {
        watch.look(() -> CompletableFuture.completedFuture(answer.getBytes(StandardCharsets.UTF_8)));
    }

    /** The mixer's health was "up" while no wire between racks carried anything. */
    @Test
    void shouldSayThatThereAreNoStreamsUntilThereAreAgain() {
        says("{\"type\":\"io.nats.jetstream.api.v1.account_info_response\",\"storage\":0}");
        assertThat(watch.able()).isTrue();

        says("{\"error\":{\"code\":503,\"err_code\":10039,\"description\":\"JetStream not enabled for account\"}}");
        assertThat(watch.able()).isFalse();

        says("{\"storage\":7}");
        assertThat(watch.able()).isTrue();
    }

    @Test
    void shouldTakeSilenceForThatFromTheSecondTimeOn() {
        watch.look(() -> CompletableFuture.failedFuture(new TimeoutException()));
        assertThat(watch.able()).isTrue();

        watch.look(() -> CompletableFuture.failedFuture(new TimeoutException()));
        assertThat(watch.able()).isFalse();

        says("nonsense");
        assertThat(watch.able()).isFalse();
        says("{}");
        assertThat(watch.able()).isTrue();
    }
}
