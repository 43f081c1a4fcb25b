package io.fluxrig.engine.gears.conductor;

import static io.fluxrig.engine.gears.conductor.Purchase.CONFIG;
import static io.fluxrig.engine.gears.conductor.Purchase.REQUEST;
import static io.fluxrig.engine.gears.conductor.Purchase.with;
import static io.fluxrig.engine.gears.conductor.Purchase.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.conductor.ConductorRig.Seen;
import io.fluxrig.engine.message.IsoPayload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a conductor sends a request, and what it says of one that can go nowhere. */
final class ConductorRoutingTest {
    private final ConductorRig rig = new ConductorRig(CONFIG);

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

    private static int zeros(byte[] bytes) {
        int zeros = 0;
        for (byte b : bytes) {
            zeros += b == 0 ? 1 : 0;
        }
        return zeros;
    }
}
