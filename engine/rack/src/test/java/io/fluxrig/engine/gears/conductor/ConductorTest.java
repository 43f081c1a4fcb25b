package io.fluxrig.engine.gears.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.conductor.ConductorRig.Seen;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.transport.msg.MetaKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class ConductorTest {
    private static final Map<Integer, String> REQUEST =
            Map.of(2, "4111111111111111", 3, "000000", 4, "000000001234", 11, "000042", 41, "TERM0001", 62, "PRIVATE");

    private static final String CONFIG = "{ correlation_key: [iso8583.mti_class, stan, terminal.id],"
            + " confirm_fields: [rrn], park_fields: [iso8583.field.62], max_in_flight: 3,"
            + " valet: { default_ttl: 2s, retain_after_close: 1s },"
            + " breaker: { trip_after: 2, cooldown: 5s, half_open_probes: 1 },"
            + " routes: [ { name: a, match: { field: card.pan, prefix: '4' }, destination: { failover: [out_a, out_b] } },"
            + " { name: b, match: { field: card.pan, prefix: '5' }, destination: out_b, timeout: 500ms } ] }";

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
    void shouldLetTheRequestLeaveOnErrorAtItsDeadline() {
        rig.request(7, "HEADR", REQUEST);

        rig.advance(1_990);
        assertThat(rig.at("error")).isEmpty();
        rig.advance(20);

        Seen left = rig.lastAt("error");
        assertThat(left.reason()).isEqualTo("timeout");
        assertThat(left.mti()).isEqualTo(100);
        assertThat(left.connId()).isEqualTo(7);
        assertThat(left.header()).isEqualTo("HEADR");
        assertThat(left.fields()).isEqualTo(REQUEST);
        assertThat(left.id()).isEqualTo(1007);
    }

    @Test
    void shouldGiveEachRouteItsOwnTime() {
        rig.request(7, "", with(2, "5111111111111111"));

        rig.advance(520);

        assertThat(rig.lastAt("error").reason()).isEqualTo("timeout");
    }

    @Test
    void shouldSayWhyARequestGoesNowhere() {
        rig.request(1, "", with(2, "6111111111111111"));
        assertThat(rig.lastAt("error").reason()).isEqualTo("no_route");

        rig.request(2, "", without(11));
        assertThat(rig.lastAt("error").reason()).isEqualTo("no_key");

        rig.says("out_a", Outcome.LINK_DOWN).says("out_b", Outcome.LINK_DOWN);
        rig.request(3, "HEADR", REQUEST);
        Seen left = rig.lastAt("error");
        assertThat(left.reason()).isEqualTo("no_destination");
        assertThat(left.connId()).isEqualTo(3);
        assertThat(left.header()).isEqualTo("HEADR");
        assertThat(left.fields()).isEqualTo(REQUEST);

        rig.says("out_a", Outcome.FULL).says("out_b", Outcome.REFUSED);
        rig.request(4, "", REQUEST);
        assertThat(rig.lastAt("error").reason()).isEqualTo("overload");
        rig.says("out_a", Outcome.STALLED).says("out_b", Outcome.LINK_DOWN);
        rig.request(5, "", REQUEST);
        assertThat(rig.lastAt("error").reason()).isEqualTo("overload");
        assertThat(rig.conductor(0).inFlight()).isZero();
    }

    @Test
    void shouldTakeTheNextDestinationWhereTheFirstDoesNot() {
        rig.says("out_a", Outcome.LINK_DOWN);

        rig.request(7, "", REQUEST);

        assertThat(rig.at("out_b")).hasSize(1);
        assertThat(rig.at("error")).isEmpty();
    }

    @Test
    void shouldSendTheRequestAndNotItsUndeliveredAnswerToTheNextDestination() {
        rig.says("out_a", Outcome.FULL)
                .does(
                        "out_a",
                        message -> ((IsoPayload) message.payload()).message().setMti(110));

        rig.request(7, "", REQUEST);

        assertThat(rig.lastAt("out_b").mti()).isEqualTo(100);
        assertThat(rig.lastAt("out_b").fields()).doesNotContainKey(62).containsEntry(4, "000000001234");
    }

    @Test
    void shouldWipeARequestThatWasMadeAgainWhenItHasLeft() {
        List<byte[]> raw = new ArrayList<>();
        int[] zeros = new int[1];
        rig.says("out_a", Outcome.FULL)
                .does(
                        "out_a",
                        message -> ((IsoPayload) message.payload()).message().setMti(110))
                .does("out_b", message -> {
                    raw.add(message.raw());
                    zeros[0] = zeros(message.raw());
                });

        rig.request(7, "", REQUEST);

        assertThat(zeros[0]).as("while it is sent").isLessThan(raw.get(0).length);
        assertThat(zeros(raw.get(0))).as("behind it").isEqualTo(raw.get(0).length);
    }

    private static int zeros(byte[] bytes) {
        int zeros = 0;
        for (byte b : bytes) {
            zeros += b == 0 ? 1 : 0;
        }
        return zeros;
    }

    @Test
    void shouldRefuseMoreThanTheMostInFlight() {
        for (int i = 0; i < 3; i++) {
            rig.request(i, "", with(11, "00000" + i));
        }

        rig.request(9, "", with(11, "000009"));

        assertThat(rig.lastAt("error").reason()).isEqualTo("overload");
        assertThat(rig.at("out_a")).hasSize(3);
    }

    @Test
    void shouldLetARetransmissionJoin() {
        rig.request(7, "", REQUEST);
        rig.requestOn(0, 7, "", 101, REQUEST);
        rig.requestOn(0, 8, "OTHER", 101, REQUEST);

        rig.answer(110, answer("00"));

        assertThat(rig.at("out_a")).hasSize(1);
        assertThat(rig.at("out_response")).extracting(Seen::connId).containsExactly(7L, 8L);
        assertThat(rig.lastAt("out_response").header()).isEqualTo("OTHER");
        assertThat(rig.lastAt("out_response").fields()).containsEntry(62, "PRIVATE");
    }

    @Test
    void shouldTellARetransmissionTheKeptOutcome() {
        rig.request(7, "", REQUEST);
        rig.answer(110, answer("51"));

        rig.requestOn(0, 8, "", 101, REQUEST);

        assertThat(rig.at("out_a")).hasSize(1);
        assertThat(rig.lastAt("out_response").connId()).isEqualTo(8);
        assertThat(rig.lastAt("out_response").fields()).containsEntry(39, "51").containsEntry(62, "PRIVATE");
        rig.advance(1_200);
        rig.requestOn(0, 8, "", 101, REQUEST);
        assertThat(rig.at("out_a")).hasSize(2);
    }

    @Test
    void shouldTellARetransmissionOfATimeout() {
        rig.request(7, "", REQUEST);
        rig.advance(2_010);

        rig.requestOn(0, 8, "", 101, REQUEST);

        assertThat(rig.at("error")).extracting(Seen::reason).containsExactly("timeout", "timeout");
        assertThat(rig.at("error")).extracting(Seen::connId).containsExactly(7L, 8L);
        assertThat(rig.at("out_a")).hasSize(1);
    }

    @Test
    void shouldRefuseAnotherRequestUnderAnOpenKey() {
        rig.request(7, "", REQUEST);

        rig.request(8, "", with(4, "000000009999"));

        assertThat(rig.lastAt("error").reason()).isEqualTo("duplicate");
        assertThat(rig.lastAt("error").connId()).isEqualTo(8);
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
    void shouldNotGiveTheLateAnswerOfTheRequestBefore() {
        rig.request(7, "", with(37, "000000000001"));
        rig.advance(4_000);
        rig.request(7, "", with(37, "000000000002"));
        Map<Integer, String> late = new HashMap<>(answer("00"));
        late.put(37, "000000000001");

        rig.answer(110, late);
        assertThat(rig.at("out_response")).isEmpty();
        late.put(37, "000000000002");
        rig.answer(110, late);

        assertThat(rig.at("out_response")).hasSize(1);
    }

    @Test
    void shouldOfferADeclineAgainWhereTheWayOfErrorsWasStalled() {
        rig.request(7, "", REQUEST);
        rig.says("error", Outcome.STALLED, Outcome.STALLED);
        rig.advance(2_003);
        assertThat(rig.at("error")).isEmpty();
        rig.advance(20);
        assertThat(rig.lastAt("error").reason()).isEqualTo("timeout");

        rig.says("out_a", Outcome.STALLED).says("out_b", Outcome.STALLED).says("error", Outcome.STALLED);
        assertThat(rig.request(8, "", REQUEST)).isEqualTo(Outcome.STALLED);
    }

    @Test
    void shouldOfferAnOutcomeAgainWhereTheWayBackWasFull() {
        rig.request(7, "", REQUEST);
        rig.says("out_response", Outcome.FULL, Outcome.STALLED);

        rig.answer(110, answer("00"));
        assertThat(rig.at("out_response")).isEmpty();
        assertThat(rig.conductor(0).inFlight()).isEqualTo(1);
        rig.advance(30);

        assertThat(rig.at("out_response")).hasSize(1);
        assertThat(rig.lastAt("out_response").fields()).containsEntry(62, "PRIVATE");
        assertThat(rig.conductor(0).inFlight()).isZero();
    }

    @Test
    void shouldGiveUpOfferingAfterAWhile() {
        rig.request(7, "", REQUEST);
        rig.says("out_response", full(500));

        rig.answer(110, answer("00"));
        rig.advance(1_000);

        assertThat(rig.conductor(0).inFlight()).isZero();
        assertThat(rig.at("out_response")).isEmpty();
    }

    @Test
    void shouldKeepAnOutcomeLongerForARetransmissionWhoseWayBackIsFull() {
        rig.request(7, "", REQUEST);
        rig.answer(110, answer("00"));
        rig.advance(950);
        rig.says("out_response", full(60));

        rig.requestOn(0, 8, "", 101, REQUEST);
        rig.advance(1_000);

        assertThat(rig.at("out_a")).hasSize(1);
        assertThat(rig.at("out_response")).extracting(Seen::connId).containsExactly(7L, 8L);
    }

    @Test
    void shouldLetGoOfAnOutcomeThatIsStillAwaitedAfterTheLongerTime() {
        rig.request(7, "", REQUEST);
        rig.answer(110, answer("00"));
        rig.advance(950);
        rig.says("out_response", full(1_000));

        rig.requestOn(0, 8, "", 101, REQUEST);
        rig.advance(2_200);

        assertThat(rig.at("out_response")).extracting(Seen::connId).containsExactly(7L);
        assertThat(rig.conductor(0).recordsInUse()).isZero();
    }

    private static int[] full(int times) {
        int[] full = new int[times];
        Arrays.fill(full, Outcome.FULL);
        return full;
    }

    @Test
    void shouldTimeOutARequestWhoseAnswerTheRequesterCannotRead() {
        rig.request(7, "", REQUEST);
        rig.says("out_response", Outcome.REFUSED);

        rig.answer(110, answer("00"));
        rig.advance(2_010);

        assertThat(rig.at("out_response")).isEmpty();
        assertThat(rig.lastAt("error").reason()).isEqualTo("timeout");
        assertThat(rig.lastAt("error").fields()).isEqualTo(REQUEST);
    }

    @Test
    void shouldKeepTheOutcomeForATerminalThatIsGone() {
        rig.request(7, "", REQUEST);
        rig.says("out_response", Outcome.LINK_DOWN);
        rig.answer(110, answer("00"));

        rig.requestOn(0, 8, "", 101, REQUEST);

        assertThat(rig.at("out_a")).hasSize(1);
        assertThat(rig.lastAt("out_response").connId()).isEqualTo(8);
    }

    /** What the conductor has counted, of all its strips. */
    private long counted(String name, String label, String value) {
        return Math.round(rig.strips()
                .metrics()
                .snapshot()
                .of(name)
                .filter(sample ->
                        label.isEmpty() || value.equals(sample.labels().get(label)))
                .mapToDouble(sample -> sample.value())
                .sum());
    }

    @Test
    void shouldCountARequestOnceHoweverOftenItIsSent() {
        rig.request(7, "", REQUEST);
        rig.requestOn(0, 8, "", 101, REQUEST); // joins
        rig.answer(110, answer("00"));
        rig.requestOn(0, 9, "", 101, REQUEST); // is told again

        assertThat(counted("requests_total", "", "")).isEqualTo(1);
        assertThat(counted("answers_total", "", "")).isEqualTo(1);
        assertThat(counted("retransmissions_total", "", "")).isEqualTo(2);
        assertThat(counted("errors_total", "", "")).isZero();
    }

    @Test
    void shouldCountATimeoutOnceHoweverManyWait() {
        rig.request(7, "", REQUEST);
        rig.requestOn(0, 8, "", 101, REQUEST);
        rig.advance(2_010);
        rig.requestOn(0, 9, "", 101, REQUEST);

        assertThat(rig.at("error")).hasSize(3);
        assertThat(counted("requests_total", "", "")).isEqualTo(1);
        assertThat(counted("errors_total", "reason", "timeout")).isEqualTo(1);
        assertThat(counted("retransmissions_total", "became", "joined")).isEqualTo(1);
        assertThat(counted("retransmissions_total", "became", "declined")).isEqualTo(1);
    }

    @Test
    void shouldCountWhatItRefusesAsARequestOnceItIsTold() {
        rig.says("error", Outcome.FULL);
        Map<Integer, String> nowhere = with(2, "9111111111111111");

        assertThat(rig.request(7, "", nowhere)).isEqualTo(Outcome.FULL);
        assertThat(counted("requests_total", "", ""))
                .as("its sender offers it again")
                .isZero();
        rig.request(7, "", nowhere);

        assertThat(counted("requests_total", "", "")).isEqualTo(1);
        assertThat(counted("errors_total", "reason", "no_route")).isEqualTo(1);
    }

    @Test
    void shouldLeaveADestinationOutThatDoesNotAnswer() {
        for (int i = 0; i < 2; i++) {
            rig.request(7, "", with(11, "10000" + i));
        }
        rig.advance(2_010);

        rig.request(7, "", with(11, "100002"));
        assertThat(rig.at("out_b")).hasSize(1);
        rig.advance(5_000);
        rig.request(7, "", with(11, "100003"));
        rig.request(7, "", with(11, "100004"));

        assertThat(rig.at("out_a")).hasSize(3);
        assertThat(rig.at("out_b")).hasSize(2);
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
    void shouldAskTheSenderToWaitWhereErrorIsFull() {
        rig.says("error", Outcome.FULL);

        assertThat(rig.request(1, "", with(2, "6111111111111111"))).isEqualTo(Outcome.FULL);
    }

    @Test
    void shouldAnswerThroughTheConductorARequestCameThrough() {
        rig.requestThrough("east", 7, REQUEST);

        rig.answer(110, answer("00"));

        assertThat(rig.at("out_response")).isEmpty();
        assertThat(rig.lastAt("out_response_east").origin()).isEqualTo("east");
    }

    @Test
    void shouldHandARetransmissionAndAnAnswerToTheStripThatHoldsTheTicket() {
        ConductorRig two = new ConductorRig(CONFIG, 2);
        two.requestOn(0, 7, "", 100, REQUEST);

        two.requestOn(1, 8, "", 101, REQUEST);
        two.answerOn(1, 110, answer("00"));

        assertThat(two.at("out_a")).hasSize(1);
        assertThat(two.at("out_response")).extracting(Seen::connId).containsExactly(7L, 8L);
        assertThat(two.conductor(0).inFlight() + two.conductor(1).inFlight()).isZero();
    }

    @Test
    void shouldOfferAgainWhatAnotherStripHandedOver() {
        ConductorRig two = new ConductorRig(CONFIG, 2);
        two.requestOn(0, 7, "", 100, REQUEST);
        two.says("error", Outcome.FULL)
                .does(
                        "error",
                        message -> ((IsoPayload) message.payload()).message().setMti(110));

        two.requestOn(1, 8, "HEADR", 100, with(4, "000000009999"));
        assertThat(two.at("error")).isEmpty();
        two.advance(20);

        Seen left = two.lastAt("error");
        assertThat(left.reason()).isEqualTo("duplicate");
        assertThat(left.connId()).isEqualTo(8);
        assertThat(left.header()).isEqualTo("HEADR");
        assertThat(left.fields()).containsEntry(4, "000000009999");
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

    private static Map<Integer, String> answer(String code) {
        Map<Integer, String> fields = new HashMap<>(REQUEST);
        fields.remove(62);
        fields.put(39, code);
        return fields;
    }

    private static Map<Integer, String> with(int field, String value) {
        Map<Integer, String> fields = new HashMap<>(REQUEST);
        fields.put(field, value);
        return fields;
    }

    private static Map<Integer, String> without(int field) {
        Map<Integer, String> fields = new HashMap<>(REQUEST);
        fields.remove(field);
        return fields;
    }
}
