package io.fluxrig.mixer.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Standing;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.RackEntry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnouncementTest {
    @TempDir
    private Path folder;

    private RacksOfATest racks;

    @BeforeEach
    void open() throws Exception {
        racks = new RacksOfATest(folder);
        for (int i = 0; i <= Announcement.AT_A_TIME; i++) {
            racks.registry.put(new RackEntry(
                    "rack-" + i, new byte[] {(byte) i}, new byte[32], Standing.ACTIVE, "h", "1", 1, 1, "test", 1, 9));
        }
    }

    @AfterEach
    void close() {
        racks.close();
    }

    /** A thousand were one thing for the desk to do: each mixer took the lease and lost it over that, time and again. */
    @Test
    void shouldComeBackToTheDeskBetweenTheRacks() {
        racks.enrolment.announcement().begin();
        assertThat(racks.enrolment.isUnsettled()).as("they are not told yet").isTrue();

        assertThat(racks.enrolment.announcement().goOn()).isTrue();
        assertThat(racks.enrolment.announcement().goOn()).isFalse();
        assertThat(racks.enrolment.isUnsettled()).isFalse();
    }

    @Test
    void shouldGoOnWhereTheDeskHadNoRoomForTheRest() {
        racks.enrolment.announcement().begin();
        racks.enrolment.announcement().goOn();

        racks.enrolment.settle();

        assertThat(racks.enrolment.isUnsettled()).isFalse();
    }

    @Test
    void shouldTellNobodyWhoWasRemovedInBetween() throws Exception {
        racks.enrolment.announcement().begin();
        RackEntry gone = racks.registry.rack("rack-0");
        racks.registry.removeRack(gone, AuditEntry.of(1, "test", "rack.remove", "rack-0", ""));

        racks.enrolment.announcement().goOn();

        assertThat(racks.asked).hasSize(Announcement.AT_A_TIME - 1).doesNotContain("rack-0");
    }
}
