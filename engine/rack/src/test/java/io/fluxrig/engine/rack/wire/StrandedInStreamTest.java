package io.fluxrig.engine.rack.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StrandedInStreamTest {
    private static final String GONE = "flux.msg.east.books.in";

    private final StrandedInStream stranded = new StrandedInStream();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(StrandedInStream.class);

    @BeforeEach
    void listen() {
        logged.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(logged);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(logged);
        logger.setLevel(null);
    }

    @Test
    void shouldNameTheSubjectHowManyWaitAndWhatToDo() {
        stranded.found(Map.of(GONE, 47L));

        String line =
                "47 messages wait for flux.msg.east.books.in, which is no wire of the scenario any more; money at risk:"
                        + " nobody is told of them; type: fluxrig scenario activate with a version that has this wire under its gears'"
                        + " and ports' old names, they are delivered then; or, once they are settled otherwise, nats stream purge"
                        + " flux-msg --subject=flux.msg.east.books.in";
        assertThat(stranded.wires())
                .singleElement()
                .satisfies(wire -> assertThat(wire.line()).isEqualTo(line))
                .satisfies(wire -> assertThat(wire.json().getString("folder")).isEmpty());
        assertThat(stranded.messages()).isEqualTo(47);
        assertThat(logged.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage()).isEqualTo(line));
    }

    @Test
    void shouldSayOfEachOnceAndWhenItIsOver() {
        stranded.found(Map.of(GONE, 47L));
        stranded.found(Map.of(GONE, 48L));
        assertThat(stranded.messages()).isEqualTo(48);
        stranded.found(Map.of());
        stranded.found(Map.of(GONE, 1L));

        assertThat(stranded.wires()).hasSize(1);
        assertThat(logged.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO, Level.WARN);
    }
}
