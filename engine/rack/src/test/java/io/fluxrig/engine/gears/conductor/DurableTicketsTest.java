package io.fluxrig.engine.gears.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.entry.EntrySender;
import io.fluxrig.transport.msg.MetaKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A conductor whose tickets outlive it: what its next run does with what was open, answered or late when it was killed. */
final class DurableTicketsTest {
    static final Map<Integer, String> REQUEST =
            Map.of(2, "4111111111111111", 3, "000000", 4, "000000001234", 11, "000042", 41, "TERM0001", 62, "PRIVATE");

    static final String CONFIG = "{ correlation_key: [iso8583.mti_class, stan, terminal.id],"
            + " park_fields: [iso8583.field.62], max_in_flight: 3,"
            + " valet: { store: local_durable, default_ttl: 2s, retain_after_close: 10s },"
            + " routes: [ { name: a, destination: { failover: [out_a, out_b] } } ] }";

    private TicketDisk disk = new TicketDisk();
    private VirtualClock clock = new VirtualClock();
    private ConductorRig rig = new ConductorRig(CONFIG, 1, clock, disk);

    /** The rack is killed, and another starts on its disk so much later, its clock's zero elsewhere. */
    private void restart(int strips, long laterMs) {
        disk = disk.afterKill();
        clock = new VirtualClock(77_000_000_000L, clock.epochNanos() + laterMs * 1_000_000);
        rig = new ConductorRig(CONFIG, strips, clock, disk);
    }

    static Map<Integer, String> with(int field, String value) {
        Map<Integer, String> fields = new HashMap<>(REQUEST);
        fields.put(field, value);
        return fields;
    }

    private static Map<Integer, String> answer(String code) {
        Map<Integer, String> fields = with(39, code);
        fields.remove(62);
        return fields;
    }

    @Test
    void shouldSendARequestOnlyOnceItsTicketIsKept() {
        disk.holdBack();
        assertThat(rig.request(7, "HEADR", REQUEST)).isEqualTo(Outcome.ACCEPTED);
        rig.advance(100);
        assertThat(rig.at("out_a")).isEmpty();
        assertThat(rig.conductor(0).inFlight()).isEqualTo(1);

        disk.keep();
        rig.request(8, "", with(11, "000043")); // is not kept when the first is
        rig.advance(5);
        assertThat(rig.at("out_a")).hasSize(1);
        assertThat(rig.lastAt("out_a").fields())
                .containsEntry(4, "000000001234")
                .doesNotContainKey(62);
        assertThat(rig.lastAt("out_a").connId()).isZero();
        assertThat(rig.lastAt("out_a").header()).isEmpty();
        assertThat(rig.lastAt("out_a").origin()).isEqualTo("switch");
        assertThat(rig.lastAt("out_a").id()).isEqualTo(1007);

        assertThat(rig.answer(110, answer("00"))).isEqualTo(Outcome.ACCEPTED);
        assertThat(rig.lastAt("out_response").connId()).isEqualTo(7);
        assertThat(rig.lastAt("out_response").header()).isEqualTo("HEADR");
        assertThat(rig.lastAt("out_response").fields()).containsEntry(39, "00").containsEntry(62, "PRIVATE");
    }

    @Test
    void shouldDeclineAtTheDeadlineWhatWasNeverKeptAndNotSendItLater() {
        disk.holdBack();
        rig.request(7, "", REQUEST);
        rig.advance(2_010);
        assertThat(rig.lastAt("error").reason()).isEqualTo("timeout");
        disk.keep();
        rig.advance(10);
        assertThat(rig.at("out_a")).isEmpty();
    }

    @Test
    void shouldForgetOnTheDiskWhatNobodyNeedKnowAnyMore() {
        rig.request(7, "", REQUEST);
        rig.answer(110, answer("00"));
        assertThat(disk.open()).isEqualTo(1);
        rig.advance(10_200);
        assertThat(disk.open()).isZero();
        assertThat(rig.conductor(0).keptCount()).isZero();
    }

    @Test
    void shouldJoinTheOpenTicketOfTheRunBeforeAndNotSendAgain() {
        rig.request(7, "HEADR", REQUEST);
        assertThat(rig.at("out_a")).hasSize(1);
        restart(1, 500);
        assertThat(rig.restored("open")).isEqualTo(1);
        assertThat(rig.conductor(0).inFlight()).isEqualTo(1);

        assertThat(rig.requestOn(0, 9, "OTHER", 101, REQUEST)).isEqualTo(Outcome.ACCEPTED);
        assertThat(rig.at("out_a")).isEmpty();
        assertThat(rig.at("out_b")).isEmpty();

        List<String> racks = new ArrayList<>();
        rig.says("out_response", Outcome.ELSEWHERE);
        rig.does("out_response", message -> racks.add(message.meta().text(MetaKey.CONN_RACK)));
        assertThat(rig.answer(110, answer("00"))).isEqualTo(Outcome.ACCEPTED);
        assertThat(racks).as("whose connection the answer is for").containsExactly("rig/before", null);
        assertThat(rig.lastAt("out_response").connId()).isEqualTo(9);
        assertThat(rig.lastAt("out_response").header()).isEqualTo("OTHER");
        assertThat(rig.lastAt("out_response").fields()).containsEntry(39, "00").containsEntry(62, "PRIVATE");
    }

    @Test
    void shouldKeepAnAnswerThatComesAfterTheRestartForTheRetransmission() {
        rig.request(7, "", REQUEST);
        restart(1, 500);
        rig.says("out_response", Outcome.ELSEWHERE);
        assertThat(rig.answer(110, answer("51"))).isEqualTo(Outcome.ACCEPTED);
        assertThat(rig.at("out_response")).isEmpty();

        rig.requestOn(0, 9, "", 101, REQUEST);
        assertThat(rig.lastAt("out_response").fields()).containsEntry(39, "51");
        assertThat(rig.lastAt("out_response").connId()).isEqualTo(9);
        assertThat(rig.at("out_a")).isEmpty();
    }

    @Test
    void shouldTellTheKeptOutcomeOfTheRunBefore() {
        rig.request(7, "", REQUEST);
        rig.answer(110, answer("00"));
        restart(1, 500);
        assertThat(rig.restored("kept")).isEqualTo(1);

        rig.requestOn(0, 9, "", 101, REQUEST);
        assertThat(rig.lastAt("out_response").fields()).containsEntry(39, "00").containsEntry(62, "PRIVATE");
        assertThat(rig.lastAt("out_response").connId()).isEqualTo(9);
        assertThat(rig.at("out_a")).isEmpty();
        assertThat(rig.answer(110, answer("00")))
                .as("the issuer's second answer")
                .isEqualTo(Outcome.ACCEPTED);
        assertThat(rig.at("out_response")).hasSize(1);

        rig.advance(9_700); // what was left of its retention
        assertThat(rig.conductor(0).keptCount()).isZero();
        assertThat(disk.open()).isZero();
    }

    @Test
    void shouldDeclineAgainWhatHadTimedOutInTheRunBefore() {
        rig.request(7, "", REQUEST);
        rig.advance(2_010);
        restart(1, 500);
        assertThat(rig.restored("kept")).isEqualTo(1);
        rig.requestOn(0, 9, "", 101, REQUEST);
        assertThat(rig.lastAt("error").reason()).isEqualTo("timeout");
        assertThat(rig.at("out_a")).isEmpty();
    }

    @Test
    void shouldTimeOutAtOnceWhatWasDueMeanwhile() {
        rig.request(7, "HEADR", REQUEST);
        restart(1, 60_000);
        List<String> racks = new ArrayList<>();
        rig.does("error", message -> racks.add(message.meta().text(MetaKey.CONN_RACK)));
        rig.advance(10);
        assertThat(rig.at("error")).hasSize(1);
        assertThat(rig.lastAt("error").reason()).isEqualTo("timeout");
        assertThat(rig.lastAt("error").fields())
                .containsEntry(4, "000000001234")
                .containsEntry(62, "PRIVATE");
        assertThat(racks).containsExactly("rig/before");

        rig.requestOn(0, 9, "", 101, REQUEST);
        assertThat(rig.at("error")).hasSize(2);
        assertThat(rig.at("out_a")).isEmpty();
        rig.advance(10_200);
        assertThat(disk.open()).isZero();
    }

    @Test
    void shouldForgetOutcomesThatAreOlderThanTheirRetention() {
        rig.request(7, "", REQUEST);
        rig.answer(110, answer("00"));
        restart(1, 10_001);
        assertThat(rig.conductor(0).keptCount()).isZero();
        assertThat(disk.open()).isZero();
        rig.request(9, "", REQUEST);
        assertThat(rig.at("out_a")).hasSize(1);
    }

    @Test
    void shouldNotSendWhatWasKeptAndPerhapsSentWhenTheRunBeforeDied() {
        disk.holdBack();
        rig.request(7, "", REQUEST);
        disk.keep();
        restart(1, 100);
        rig.advance(10);
        assertThat(rig.at("out_a")).isEmpty();
        // nothing says to whom it went: an answer counts from whoever is asked by this conductor, if it is this
        // request's
        rig.answerFrom("out_a", 110, Map.of(4, "000000009999", 11, "000042", 39, "00", 41, "TERM0001"));
        assertThat(rig.conductor(0).inFlight()).isEqualTo(1);
        rig.says("out_response", Outcome.ELSEWHERE);
        assertThat(rig.answerFrom("out_b", 110, answer("00"))).isEqualTo(Outcome.ACCEPTED);
        assertThat(rig.conductor(0).inFlight()).isZero();
        assertThat(rig.conductor(0).keptCount()).isEqualTo(1);
        assertThat(rig.conductor(0).shared().inFlight(1)).isZero();
    }

    @Test
    void shouldTakeTheAnswerOnlyFromTheHostThatTheRunBeforeAsked() {
        rig.request(7, "", REQUEST);
        restart(1, 100);
        rig.answerFrom("out_b", 110, answer("00"));
        assertThat(rig.conductor(0).inFlight()).isEqualTo(1);
        assertThat(rig.conductor(0).shared().inFlight(0)).isEqualTo(1);
        rig.answerFrom("out_a", 110, answer("00"));
        assertThat(rig.conductor(0).inFlight()).isZero();
        assertThat(rig.conductor(0).shared().inFlight(0)).isZero();
    }

    @Test
    void shouldKnowAnotherRequestOfTheSameKeyForADuplicateAfterTheRestart() {
        rig.request(7, "", REQUEST);
        restart(1, 100);
        rig.request(9, "", with(4, "000000009999"));
        assertThat(rig.lastAt("error").reason()).isEqualTo("duplicate");
        assertThat(rig.at("out_a")).isEmpty();
    }

    @Test
    void shouldHoldItsSenderBackWhileTheRingIsFullAndDeclineOnceTheDiskHasFailed() {
        disk.says(EntrySender.FULL);
        assertThat(rig.request(7, "", REQUEST)).isEqualTo(Outcome.FULL);
        assertThat(rig.at("error")).isEmpty();
        assertThat(rig.fields().has(62))
                .as("the parked field is back in the request")
                .isTrue();
        disk.says(EntrySender.STALLED);
        assertThat(rig.request(7, "", REQUEST)).isEqualTo(Outcome.ACCEPTED);
        assertThat(rig.lastAt("error").reason()).isEqualTo("overload");
        disk.says(EntrySender.SENT);
        assertThat(rig.request(7, "", REQUEST)).isEqualTo(Outcome.ACCEPTED);
        assertThat(rig.at("out_a")).hasSize(1);
        assertThat(rig.conductor(0).recordsInUse()).isEqualTo(1);
    }

    @Test
    void shouldWriteOutcomesAndEndsOnceThereIsRoomAgain() {
        rig.request(7, "", REQUEST);
        rig.request(8, "", with(11, "000043"));
        disk.says(EntrySender.FULL);
        rig.answer(110, answer("00"));
        assertThat(rig.at("out_response")).hasSize(1);
        rig.advance(200);
        disk.says(EntrySender.SENT);
        rig.advance(200);
        restart(1, 100);
        assertThat(rig.restored("kept")).isEqualTo(1);
        assertThat(rig.restored("open")).isEqualTo(1);

        disk.says(EntrySender.STALLED);
        rig.advance(15_000);
        assertThat(rig.conductor(0).keptCount()).isZero();
        assertThat(disk.open()).isEqualTo(2);
        disk.says(EntrySender.SENT);
        rig.advance(200);
        assertThat(disk.open()).isZero();
    }

    @Test
    void shouldTellEverybodyWhoWaitsWhereNoDestinationTakesItAndForgetIt() {
        disk.holdBack();
        rig.request(7, "", REQUEST);
        rig.requestOn(0, 9, "", 101, REQUEST);
        rig.links("out_a", 0);
        rig.links("out_b", 0);
        disk.keep();
        rig.advance(5);
        assertThat(rig.at("error")).extracting(ConductorRig.Seen::connId).containsExactlyInAnyOrder(7L, 9L);
        assertThat(rig.at("error")).extracting(ConductorRig.Seen::reason).containsOnly("no_destination");
        assertThat(rig.lastAt("error").fields()).containsEntry(62, "PRIVATE");
        assertThat(rig.conductor(0).recordsInUse()).isZero();
        disk.keep();
        assertThat(disk.open()).isZero();
    }

    @Test
    void shouldGoToTheNextDestinationWhereOneRefuses() {
        rig.says("out_a", Outcome.FULL);
        rig.request(7, "", REQUEST);
        assertThat(rig.at("out_a")).isEmpty();
        assertThat(rig.at("out_b")).hasSize(1);
        restart(1, 100);
        rig.answerFrom("out_a", 110, answer("00"));
        assertThat(rig.conductor(0).inFlight()).as("asked was b").isEqualTo(1);
    }

    @Test
    void shouldAnswerARequestThatItsDestinationAnswersAtOnce() {
        rig.does("out_a", message -> rig.answerOn(0, 110, answer("00")));
        rig.request(7, "", REQUEST);
        assertThat(rig.lastAt("out_response").connId()).isEqualTo(7);
        restart(1, 100);
        assertThat(rig.restored("kept")).isEqualTo(1);
    }

    @Test
    void shouldGiveTheTicketsToAnyNumberOfStrips() {
        for (int stan = 1; stan <= 3; stan++) {
            rig.request(stan, "", with(11, "00000" + stan));
        }
        restart(4, 100);
        assertThat(rig.restored("open")).isEqualTo(3);
        for (int stan = 1; stan <= 3; stan++) {
            for (int strip = 0; strip < 4; strip++) {
                rig.requestOn(strip, 20 + stan, "", 101, with(11, "00000" + stan));
            }
        }
        assertThat(rig.at("out_a")).isEmpty();
        restart(1, 100);
        assertThat(rig.restored("open")).isEqualTo(3);
        rig.requestOn(0, 9, "", 101, with(11, "000002"));
        assertThat(rig.at("out_a")).isEmpty();
        assertThat(rig.at("error")).isEmpty();
    }

    @Test
    void shouldStillKnowAfterSeveralRunsWhatNoneOfThemEnded() {
        rig.request(7, "", REQUEST);
        restart(1, 300);
        restart(2, 300);
        restart(1, 300);
        assertThat(rig.restored("open")).isEqualTo(1);
        rig.requestOn(0, 9, "", 101, REQUEST);
        assertThat(rig.at("out_a")).isEmpty();
        rig.advance(1_200);
        assertThat(rig.at("error")).isNotEmpty();
    }

    @Test
    void shouldAnswerARequesterOfAnotherRackAcrossTheRestart() {
        rig.requestFromRack("east/1", 7, REQUEST);
        restart(1, 100);
        List<String> racks = new ArrayList<>();
        rig.does("out_response", message -> racks.add(message.meta().text(MetaKey.CONN_RACK)));
        rig.answer(110, answer("00"));
        assertThat(racks).containsExactly("east/1");
        assertThat(rig.lastAt("out_response").connId()).isEqualTo(7);
    }

    @Test
    void shouldDeclineARepeatOfWhatItCannotReadAnyMore() {
        rig.request(7, "", REQUEST);
        TicketDisk next = disk.afterKill();
        String without = CONFIG.replace("stan, terminal.id", "stan, iso8583.field.42");
        rig = new ConductorRig(without, 1, clock, next);
        assertThat(rig.restored("kept")).isEqualTo(1);
        assertThat(rig.restored("open")).isZero();
        assertThat(rig.at("error")).isEmpty();
    }

    @Test
    void shouldStartWithoutATicketThatAnotherVersionWrote() {
        rig.request(7, "", REQUEST);
        disk.cutShort(20);
        restart(1, 100);
        assertThat(rig.restored("open") + rig.restored("kept")).isZero();
        assertThat(disk.open()).isZero();
    }

    @Test
    void shouldTakeNoMoreThanItsOwnLimitOfWhatTheRunBeforeHadOpen() {
        for (int stan = 1; stan <= 3; stan++) {
            rig.request(stan, "", with(11, "00000" + stan));
        }
        TicketDisk next = disk.afterKill();
        rig = new ConductorRig(CONFIG.replace("max_in_flight: 3", "max_in_flight: 2"), 1, clock, next);
        assertThat(rig.restored("open")).isEqualTo(2);
        assertThat(rig.restored("no_room")).isEqualTo(1);
        assertThat(next.open()).isEqualTo(2);
        assertThat(rig.conductor(0).recordsInUse()).isEqualTo(2);
    }
}
