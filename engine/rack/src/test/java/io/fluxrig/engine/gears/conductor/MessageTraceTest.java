package io.fluxrig.engine.gears.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.iso.mask.MaskingText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log says of messages at trace level, on their way through a conductor. */
final class MessageTraceTest {
    private static final String PAN = "4111111111111111";
    private static final String CONFIG =
            "{ correlation_key: [stan, terminal.id], routes: [ { destination: { failover: [out_a, out_b] } } ] }";
    private static final Map<Integer, String> REQUEST =
            Map.of(2, PAN, 4, "000000001234", 11, "000042", 35, PAN + "=25121010000012345678", 41, "TERM0001");
    private static final Map<Integer, String> ANSWER = Map.of(11, "000042", 39, "00", 41, "TERM0001");

    private final Logger gears = (Logger) LoggerFactory.getLogger("gear");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Level levelBefore;

    @BeforeEach
    void listen() {
        levelBefore = gears.getLevel();
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

    @Test
    void shouldFollowAMessageFromGearToGear() {
        gears.setLevel(Level.TRACE);
        ConductorRig rig = new ConductorRig(CONFIG);
        rig.says("out_a", Outcome.LINK_DOWN);

        rig.request(7, "", REQUEST);
        rig.answer(110, ANSWER);

        assertThat(said())
                .containsExactly(
                        "gear.switch: in 0100 id=rz ref=0 conn=0.0.0.7 from=terminals",
                        "gear.out_a: in 0100 id=rz ref=0 conn=none from=terminals",
                        "gear.out_a: in 0100 id=rz ref=0 conn=none from=terminals: link_down",
                        "gear.out_b: in 0100 id=rz ref=0 conn=none from=terminals",
                        "gear.switch: in_reply 0110 id=25 ref=0 conn=0.0.0.99 from=-",
                        "gear.out_response: in 0110 id=25 ref=rz conn=0.0.0.7 from=-");
        assertThat(said()).allMatch(MaskingText::isClean);
    }

    @Test
    void shouldSayWhichTransactionALateAnswerIsOf() {
        gears.setLevel(Level.WARN);
        ConductorRig rig = new ConductorRig(CONFIG);
        rig.request(7, "", REQUEST);
        rig.advance(31_000);

        rig.answer(110, Map.of(2, PAN, 11, "000042", 37, "612345678901", 39, "00", 41, "TERM0001"));

        assertThat(said())
                .last()
                .asString()
                .contains("answer 0110 (STAN 000042, terminal TERM0001, code 00)", "deadline")
                .doesNotContain(PAN);
    }

    @Test
    void shouldSayHowManyRequestsALostDestinationHas() {
        gears.setLevel(Level.WARN);
        ConductorRig rig = new ConductorRig(CONFIG);
        rig.advance(200);
        rig.request(7, "", REQUEST);

        rig.links("out_a", 0);
        rig.advance(200);
        rig.advance(200);

        assertThat(said())
                .filteredOn(line -> line.contains("destination out_a (out_a 10.0.0.1:9101) is down"))
                .hasSize(1)
                .first()
                .asString()
                .contains("requests sent to it and not answered: 1", "the issuer may have approved them");
    }

    @Test
    void shouldSayWhyAMessageLeftOnError() {
        gears.setLevel(Level.TRACE);
        ConductorRig rig = new ConductorRig(CONFIG);

        rig.answer(110, ANSWER);

        assertThat(said()).last().asString().startsWith("gear.error: in 0110").endsWith("reason=unmatched_reply");
    }

    @Test
    void shouldSayNothingBelowTraceLevel() {
        gears.setLevel(Level.DEBUG);
        ConductorRig rig = new ConductorRig(CONFIG);

        rig.request(7, "", REQUEST);
        rig.answer(110, ANSWER);

        assertThat(said()).isEmpty();
    }

    private List<String> said() {
        return lines.list.stream()
                .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage())
                .toList();
    }
}
