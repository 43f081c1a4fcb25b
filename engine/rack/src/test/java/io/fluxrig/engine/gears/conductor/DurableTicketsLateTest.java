package io.fluxrig.engine.gears.conductor;

import static io.fluxrig.engine.gears.conductor.DurableTicketsTest.CONFIG;
import static io.fluxrig.engine.gears.conductor.DurableTicketsTest.REQUEST;
import static io.fluxrig.engine.gears.conductor.DurableTicketsTest.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.entry.EntrySender;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests whose tickets are kept late, and hosts that answer before their request's sending is over, or not before a kill. */
final class DurableTicketsLateTest {
    private final TicketDisk disk = new TicketDisk();
    private final ConductorRig rig = new ConductorRig(CONFIG, 1, new VirtualClock(), disk);

    private static Map<Integer, String> answer(String stan) {
        Map<Integer, String> fields = with(39, "00");
        fields.put(11, stan);
        fields.remove(62);
        return fields;
    }

    @Test
    void shouldDeclineWhatIsKeptAfterHalfOfItsTimeAndSendItToNobody() {
        disk.holdBack();
        rig.request(7, "", REQUEST);
        rig.advance(1_100);
        assertThat(rig.at("error")).isEmpty();

        disk.keep();
        rig.advance(5);

        assertThat(rig.at("out_a")).isEmpty();
        assertThat(rig.lastAt("error").reason()).isEqualTo("overload");
        assertThat(rig.conductor(0).recordsInUse()).isZero();
    }

    @Test
    void shouldSendTheOthersWhereAnAnswerThatCameAtOnceCannotBeTold() {
        disk.holdBack();
        rig.says("out_response", Outcome.REFUSED);
        rig.does("out_a", message -> rig.answerOn(0, 110, answer("000042")));
        rig.request(7, "", with(11, "000042"));
        rig.request(8, "", with(11, "000043"));
        rig.request(9, "", with(11, "000044"));

        disk.keep();
        rig.advance(5);

        assertThat(rig.at("out_a")).hasSize(3);
    }

    @Test
    void shouldWriteOtherOutcomesBesideOneThatIsTooLong() {
        rig.request(7, "", with(11, "000042"));
        rig.request(8, "", with(11, "000043"));
        disk.says(EntrySender.TOO_LONG);
        rig.answer(110, answer("000042"));
        disk.says(EntrySender.SENT);
        rig.answer(110, answer("000043"));

        ConductorRig next = new ConductorRig(CONFIG, 1, new VirtualClock(), disk.afterKill());

        assertThat(next.restored("kept")).isEqualTo(1);
        assertThat(next.restored("open")).isEqualTo(1);
    }

    @Test
    void shouldNotHoldAgainstAHostWhatTheRunBeforeHadAskedIt() {
        for (int stan = 1; stan <= 3; stan++) {
            rig.request(stan, "", with(11, "00000" + stan));
        }
        String breaking = CONFIG.replace("routes:", "breaker: { trip_after: 2, half_open_probes: 1 }, routes:");
        ConductorRig next = new ConductorRig(breaking, 1, new VirtualClock(), disk.afterKill());
        assertThat(next.restored("open")).isEqualTo(3);

        next.advance(2_100);

        assertThat(next.at("error"))
                .extracting(ConductorRig.Seen::reason)
                .containsOnly("timeout")
                .hasSize(3);
        next.request(9, "", with(11, "000045"));
        assertThat(next.at("out_a")).as("its breaker is closed").hasSize(1);
    }
}
