package io.fluxrig.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WaitNoticeTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            new Terminal(false, false, 80),
            new Interrupts());

    @Test
    void shouldSayOnStandardErrorWhatIsWaitedFor() throws InterruptedException {
        WaitNotice.during(console, "rack east to drain, up to 10 s", 1, () -> {
            Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> err.size() > 0);
            return "drained";
        });

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("fluxrig: waiting for rack east to drain, up to 10 s\n");
        assertThat(out.size()).isZero();
    }

    @Test
    void shouldSayNothingOfWhatIsOverSooner() throws InterruptedException {
        assertThat(WaitNotice.during(console, "nothing", 3_600_000, () -> "answer"))
                .isEqualTo("answer");

        assertThat(err.size()).isZero();
    }
}
