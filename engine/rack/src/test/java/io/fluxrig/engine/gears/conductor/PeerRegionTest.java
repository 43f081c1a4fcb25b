package io.fluxrig.engine.gears.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A conductor whose own host is {@code out_a} and whose peer, the conductor of origin {@code west}, is behind {@code out_west}. */
class PeerRegionTest {
    private static final String CONFIG = "{ origin: east, correlation_key: [ stan ],"
            + " routes: [ { destination: { failover: [ out_a, out_west ] }, timeout: 5s } ] }";
    private static final Map<Integer, String> REQUEST = Map.of(2, "4111110000001112", 3, "000000", 11, "000042");

    private final ConductorRig rig = new ConductorRig(CONFIG);

    @BeforeEach
    void connect() {
        rig.links("out_a", 1);
        rig.peerServes(1);
    }

    private static Map<Integer, String> answer() {
        Map<Integer, String> answer = new HashMap<>(REQUEST);
        answer.put(39, "00");
        return answer;
    }

    @Test
    void shouldAskItsOwnHostFirst() {
        rig.request(7, "", REQUEST);

        assertThat(rig.at("out_a")).hasSize(1);
        assertThat(rig.at("out_west")).isEmpty();
    }

    @Test
    void shouldAskThePeerWhileItsOwnHostIsDown() {
        rig.links("out_a", 0);
        rig.request(7, "", REQUEST);

        assertThat(rig.lastAt("out_west").origin()).isEqualTo("east");
    }

    @Test
    void shouldTellTheTerminalWhatThePeersHostAnswered() {
        rig.links("out_a", 0);
        rig.request(7, "", REQUEST);
        rig.answerFrom("host_west", 110, answer());

        assertThat(rig.lastAt("out_response").connId()).isEqualTo(7);
    }

    /** The peer runs another version of the scenario already, in which a field of the dialect is other. */
    @Test
    void shouldTellTheTerminalWhatThePeerAnswersInAnotherVersionOfTheDialect() {
        ConductorRig east = ConductorRig.withFarReplies(CONFIG);
        east.links("out_a", 0);
        east.peerServes(1);
        east.request(7, "", REQUEST);
        east.answerFromAfar("000000000000", 110, answer());

        assertThat(east.lastAt("out_response").connId()).isEqualTo(7);
        assertThat(east.lastAt("out_response").fields()).containsEntry(39, "00");
        assertThat(east.counted("guaranteed_other_version_total", "wire", "->east.switch.in_reply"))
                .isEqualTo(1);
    }

    @Test
    void shouldAskItsOwnHostAgainOnceThatIsBack() {
        rig.links("out_a", 0);
        rig.request(7, "", REQUEST);
        rig.links("out_a", 1);
        Map<Integer, String> next = new HashMap<>(REQUEST);
        next.put(11, "000043");
        rig.request(7, "", next);

        assertThat(rig.at("out_a")).hasSize(1);
        assertThat(rig.at("out_west")).hasSize(1);
    }

    @Test
    void shouldDeclineAtOnceWhenThePeerCannotServeEither() {
        rig.links("out_a", 0);
        rig.peerServes(0);
        rig.request(7, "", REQUEST);

        assertThat(rig.at("out_west")).isEmpty();
        assertThat(rig.lastAt("error").reason()).isEqualTo("no_destination");
    }

    @Test
    void shouldNotSendAPeersRequestBackToIt() {
        rig.links("out_a", 0);
        rig.requestThrough("west", 7, REQUEST);

        assertThat(rig.at("out_west")).isEmpty();
        assertThat(rig.lastAt("error").reason()).isEqualTo("no_destination");
        assertThat(rig.lastAt("error").origin()).isEqualTo("west");
    }

    @Test
    void shouldServeAPeersRequestFromItsOwnHost() {
        rig.requestThrough("west", 7, REQUEST);

        assertThat(rig.at("out_a")).hasSize(1);
    }

    @Test
    void shouldSendThePeerWhatAConductorAskedThatIsNone() {
        rig.links("out_a", 0);
        rig.requestThrough("edge", 7, REQUEST);

        assertThat(rig.at("out_west")).hasSize(1);
    }

    @Test
    void shouldTellErrorsOfAnotherConductorsRequestOnThePortOfItsOrigin() {
        rig.says("out_a", Outcome.REFUSED).says("out_west", Outcome.REFUSED);
        rig.requestThrough("north", 7, REQUEST);

        assertThat(rig.lastAt("error_north").reason()).isEqualTo("no_destination");
        assertThat(rig.at("error")).isEmpty();
    }

    @Test
    void shouldTellADeadlineOfAnotherConductorsRequestOnThePortOfItsOrigin() {
        rig.requestThrough("north", 7, REQUEST);
        rig.advance(6_000);

        assertThat(rig.lastAt("error_north").reason()).isEqualTo("timeout");
        assertThat(rig.at("error")).isEmpty();
    }
}
