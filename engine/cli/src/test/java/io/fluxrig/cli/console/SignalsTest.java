package io.fluxrig.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SignalsTest {

    /** Without the listener this process would end here. */
    @Test
    void shouldHearEachSignal() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        assertThat(Signals.listen(Signals.END, heard::incrementAndGet)).isTrue();

        for (int signals = 1; signals <= 2; signals++) {
            int expected = signals;
            String pid = Long.toString(ProcessHandle.current().pid());
            assertThat(new ProcessBuilder("sh", "-c", "kill -TERM " + pid)
                            .start()
                            .waitFor())
                    .isZero();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> heard.get() == expected);
        }
    }
}
