package io.fluxrig.engine.gears.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an operator reads of a destination that is connected and does not answer. */
final class BreakerLinesTest {
    private static final Map<Integer, String> REQUEST = Map.of(4, "000000001234", 11, "000042", 41, "TERM0001");
    private static final Map<Integer, String> ANSWER = Map.of(11, "000043", 39, "00", 41, "TERM0001");

    private final Logger gears = (Logger) LoggerFactory.getLogger("gear");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ConductorRig rig = new ConductorRig("{ correlation_key: [stan, terminal.id],"
            + " valet: { default_ttl: 2s }, breaker: { trip_after: 1, cooldown: 5s, half_open_probes: 1 },"
            + " routes: [ { destination: out_a } ] }");

    private Level levelBefore;

    @BeforeEach
    void listen() {
        levelBefore = gears.getLevel();
        gears.setLevel(Level.INFO);
        lines.start();
        gears.addAppender(lines);
        gears.setAdditive(false);
    }

    @AfterEach
    void restore() {
        gears.setLevel(levelBefore);
        gears.setAdditive(true);
        gears.detachAppender(lines);
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void shouldNameTheHostTheCooldownAndWhatToDo() {
        rig.request(7, "", REQUEST);
        rig.advance(2_010);

        assertThat(said())
                .singleElement()
                .asString()
                .startsWith("destination out_a (out_a 10.0.0.1:9101) is connected and does not answer: breaker open,"
                        + " nothing is sent there for 5s, then 1 request at most")
                .contains("'fluxrig top URL'");
    }

    @Test
    void shouldSayWhenItAnswersAgain() {
        rig.request(7, "", REQUEST);
        rig.advance(8_000);
        lines.list.clear();

        rig.request(7, "", Map.of(4, "000000001234", 11, "000043", 41, "TERM0001"));
        rig.answer(110, ANSWER);
        rig.advance(1_000);

        assertThat(said())
                .containsExactly("destination out_a (out_a 10.0.0.1:9101) answers again: its breaker is closed");
    }

    @Test
    void shouldSayThatItAnswersAgainHoweverSoonThatIs() {
        rig.request(7, "", REQUEST);
        rig.advance(1_999);
        rig.request(7, "", Map.of(4, "000000001234", 11, "000043", 41, "TERM0001"));
        rig.advance(5);
        rig.answer(110, ANSWER);
        rig.request(7, "", Map.of(4, "000000001234", 11, "000044", 41, "TERM0001"));
        rig.answer(110, Map.of(11, "000044", 39, "00", 41, "TERM0001"));
        rig.advance(200);

        assertThat(said())
                .hasSize(2)
                .last()
                .isEqualTo("destination out_a (out_a 10.0.0.1:9101) answers again: its breaker is closed");
    }

    @Test
    void shouldNotBlameAHostForWhatWasSentOverALinkThatIsGone() {
        rig.advance(200);
        rig.request(7, "", REQUEST);
        rig.links("out_a", 0);
        rig.advance(200);
        rig.links("out_a", 1);
        rig.advance(3_000);

        assertThat(said()).singleElement().asString().contains("is down, its last connection is gone");
    }
}
