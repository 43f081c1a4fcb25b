package io.fluxrig.mixer.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is there, where the mixer's clock is set meanwhile: durations are none of its business. */
class ClockSetTest {
    private static final long HOUR_MS = 3_600_000;

    @TempDir
    private Path folder;

    private RacksOfATest racks;

    @BeforeEach
    void open() throws Exception {
        racks = new RacksOfATest(folder);
        racks.hello("east", "one");
        says("east");
    }

    @AfterEach
    void close() {
        racks.close();
    }

    private void says(String rack) throws Exception {
        racks.heartbeat(rack, "running", "pay", "1.0.0", "");
    }

    /** It was shown there for an hour. */
    @Test
    void shouldNotShowARackThereThatWentAwayBeforeTheClockWasSetBack() {
        racks.setMs = -HOUR_MS;
        racks.nowMs += RacksOfATest.AWAY_MS - 1;
        assertThat(racks.fleet.isThere("east")).isTrue();
        assertThat(racks.fleet.there()).isEqualTo(1);

        racks.nowMs += 1;

        assertThat(racks.fleet.isThere("east")).isFalse();
        assertThat(racks.fleet.there()).isZero();
        assertThat(racks.fleet.isThere(racks.registry.rack("east"))).isFalse();
    }

    /** All were away until their next heartbeat. */
    @Test
    void shouldNotShowARackAwayForAClockThatIsSetForward() {
        racks.setMs = HOUR_MS;

        assertThat(racks.fleet.isThere("east")).isTrue();
        assertThat(racks.fleet.presence("east").atMs()).as("what people read").isEqualTo(racks.nowMs);
    }

    @Test
    void shouldKeepWhatWaitsThereByItsHellosAlone() throws Exception {
        racks.hello("west", "two");

        racks.setMs = HOUR_MS;
        assertThat(racks.fleet.isThere(racks.registry.rack("west"))).isTrue();
        racks.setMs = -HOUR_MS;
        racks.nowMs += RacksOfATest.AWAY_MS;
        assertThat(racks.fleet.isThere(racks.registry.rack("west"))).isFalse();
    }

    /** Beside a rack's name: another key that says hello. */
    @Test
    void shouldTellOfWhoKnocksForAsLongAsThatGoesOn() throws Exception {
        racks.enrolment
                .knocks()
                .knocked(racks.registry.rack("east"), racks.key("other").publicKey(), "host");

        racks.setMs = HOUR_MS;
        assertThat(racks.fleet.others("east")).isNotEmpty();
        racks.setMs = -HOUR_MS;
        racks.nowMs += RacksOfATest.AWAY_MS;
        assertThat(racks.fleet.others("east")).isEmpty();
    }
}
