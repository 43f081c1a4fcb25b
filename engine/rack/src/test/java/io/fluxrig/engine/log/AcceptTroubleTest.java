package io.fluxrig.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AcceptTroubleTest {
    private final LoggerContext context = new LoggerContext();
    private final AcceptTrouble trouble = new AcceptTrouble();

    private ILoggingEvent event(long ms, String logger, Throwable thrown) {
        LoggingEvent event = new LoggingEvent("", context.getLogger(logger), Level.WARN, "at the tail", thrown, null);
        event.setInstant(Instant.ofEpochMilli(ms));
        return event;
    }

    private ILoggingEvent shortageAt(long ms) {
        return trouble.of(event(
                ms,
                "io.netty.channel.DefaultChannelPipeline",
                new IOException("accept(..) failed with error(-24): Too many open files")));
    }

    @Test
    void shouldSayItInWordsOnceAMinuteWithACount() {
        assertThat(shortageAt(1_000).getFormattedMessage()).contains("telemetry.bind", "raise ulimit -n");
        assertThat(shortageAt(2_000)).isNull();
        assertThat(shortageAt(60_999)).isNull();
        assertThat(shortageAt(61_000).getFormattedMessage()).contains("2 times");
    }

    @Test
    void shouldLeaveEverythingElseAsItIs() {
        ILoggingEvent other = event(1, "io.netty.channel.DefaultChannelPipeline", new IOException("reset"));
        ILoggingEvent ours = event(1, "gear.terminals", new IOException("Too many open files"));

        assertThat(trouble.of(other)).isSameAs(other);
        assertThat(trouble.of(ours)).isSameAs(ours);
    }
}
