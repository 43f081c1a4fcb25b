package io.fluxrig.engine.gears.conductor;

import static io.fluxrig.engine.gears.conductor.Purchase.CONFIG;
import static io.fluxrig.engine.gears.conductor.Purchase.REQUEST;
import static io.fluxrig.engine.gears.conductor.Purchase.answer;
import static io.fluxrig.engine.gears.conductor.Purchase.with;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.conductor.ConductorRig.Seen;
import io.fluxrig.transport.msg.MetaKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a conductor does with a request, its answer, and what was never asked for. */
final class ConductorTest {
    private final ConductorRig rig = new ConductorRig(CONFIG);

    @Test
    void shouldSendARequestWithoutItsConnectionAndParkedData() {
        assertThat(rig.request(7, "HEADR", REQUEST)).isEqualTo(Outcome.ACCEPTED);

        Seen sent = rig.lastAt("out_a");
        assertThat(sent.mti()).isEqualTo(100);
        assertThat(sent.fields()).containsEntry(4, "000000001234").doesNotContainKey(62);
        assertThat(sent.connId()).isZero();
        assertThat(sent.header()).isEmpty();
        assertThat(sent.origin()).isEqualTo("switch");
        assertThat(rig.conductor(0).inFlight()).isEqualTo(1);
    }

    @Test
    void shouldAnswerTheConnectionTheRequestCameFrom() {
        rig.request(7, "HEADR", REQUEST);

        assertThat(rig.answer(110, answer("00"))).isEqualTo(Outcome.ACCEPTED);

        Seen told = rig.lastAt("out_response");
        assertThat(told.mti()).isEqualTo(110);
        assertThat(told.connId()).isEqualTo(7);
        assertThat(told.header()).isEqualTo("HEADR");
        assertThat(told.fields()).containsEntry(39, "00").containsEntry(62, "PRIVATE");
        assertThat(told.refId()).isEqualTo(1007);
        assertThat(told.origin()).isNull();
        assertThat(rig.conductor(0).inFlight()).isZero();
    }

    @Test
    void shouldKeepWhoseRackTheConnectionIsForTheWayBackAndTellTheHostNothingOfIt() {
        List<String> racks = new ArrayList<>();
        for (String port : List.of("out_a", "out_response", "error")) {
            rig.does(port, message -> racks.add(port + " " + message.meta().text(MetaKey.CONN_RACK)));
        }
        rig.requestFromRack("east/1", 7, REQUEST);
        rig.answerFromRack("west/2", 110, answer("00"));
        rig.requestFromRack("east/1", 8, with(11, "000043"));
        rig.advance(2_010);

        assertThat(racks).containsExactly("out_a null", "out_response east/1", "out_a null", "error east/1");
        assertThat(rig.lastAt("out_response").connId()).isEqualTo(7);
    }

    @Test
    void shouldTakeOffAnAnswerWhoseRackItCameOverWhereTheTerminalIsOfThisOne() {
        List<String> racks = new ArrayList<>();
        rig.does(
                "out_response",
                message -> racks.add(String.valueOf(message.meta().text(MetaKey.CONN_RACK))));
        rig.request(7, "", REQUEST);
        rig.answerFromRack("west/2", 110, answer("00"));

        assertThat(racks).containsExactly("null");
    }

    @Test
    void shouldLogAnAnswerThatNobodyAskedForHoweverManyOfAnotherTypeCame() {
        Logger log = (Logger) LoggerFactory.getLogger("gear.switch");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        for (int i = 0; i < 3; i++) {
            rig.answer(810, answer("00"));
        }
        rig.answer(110, answer("00"));
        rig.answer(110, answer("00"));
        rig.answer(800, REQUEST);
        log.detachAppender(lines);

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        echo -> assertThat(echo).startsWith("answer 0810"),
                        lost -> assertThat(lost).startsWith("answer 0110").contains("STAN 000042"),
                        request -> assertThat(request)
                                .startsWith("message 0800")
                                .contains("it is a request of the host's own: wire a responder behind its decoder"));
    }

    @Test
    void shouldNotForwardAnswersThatRedeemNothing() {
        rig.answer(110, answer("00"));
        rig.request(7, "", REQUEST);
        rig.answer(130, answer("00"));
        rig.answer(110, answer("00"));
        rig.answer(110, answer("00"));
        rig.request(8, "", with(11, "000043"));
        rig.advance(2_010);
        Map<Integer, String> late = new HashMap<>(answer("00"));
        late.put(11, "000043");
        rig.answer(110, late);

        assertThat(rig.at("out_response")).hasSize(1);
        assertThat(rig.at("error"))
                .extracting(Seen::reason)
                .containsExactly("unmatched_reply", "unmatched_reply", "unmatched_reply", "timeout", "unmatched_reply");
    }

    @Test
    void shouldTakeNoNewRequestsWhileDraining() {
        rig.request(7, "", REQUEST);
        rig.drain();

        rig.request(8, "", with(11, "000043"));
        rig.requestOn(0, 8, "", 101, REQUEST);
        rig.answer(110, answer("00"));

        assertThat(rig.at("error")).extracting(Seen::reason).containsExactly("overload");
        assertThat(rig.at("out_response")).extracting(Seen::connId).containsExactly(7L, 8L);
        assertThat(rig.conductor(0).inFlight()).isZero();
    }

    @Test
    void shouldAnswerThroughTheConductorARequestCameThrough() {
        rig.requestThrough("east", 7, REQUEST);

        rig.answer(110, answer("00"));

        assertThat(rig.at("out_response")).isEmpty();
        assertThat(rig.lastAt("out_response_east").origin()).isEqualTo("east");
    }

    @Test
    void shouldRefuseWhatWasNotDecoded() {
        rig.message().clear();
        int[] outcome = new int[1];
        rig.strips().on(0, strip -> outcome[0] = strip.inlet(0, 0).emit(rig.message()));

        assertThat(outcome[0]).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void shouldLeaveNothingBehindWhenStopped() {
        rig.request(7, "", REQUEST);
        rig.request(8, "", with(11, "000043"));
        rig.answer(110, answer("00"));

        Conductor conductor = rig.conductor(0);

        rig.strips().stop();

        assertThat(conductor.recordsInUse()).isZero();
        ConductorProbe.assertBooksAgree(java.util.List.of(conductor));
    }
}
