package io.fluxrig.transport.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Options;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NatsDialTest {
    @Test
    void shouldGiveUpAServerThatIsSilentForFourSeconds() {
        Options options = NatsDial.options(new BusSettings(
                        List.of("nats://127.0.0.1:4222"), "fluxrig east", "_INBOX", null, null, null, true))
                .build();
        assertThat(options.getPingInterval().multipliedBy(options.getMaxPingsOut() + 1L))
                .isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void shouldWaitLongerEachTimeUpToHalfASecond() {
        NatsDial.Pause pause = new NatsDial.Pause();
        assertThat(IntStream.range(0, 6).mapToLong(i -> pause.next()))
                .containsExactly(40L, 80L, 160L, 320L, 500L, 500L);
    }
}
