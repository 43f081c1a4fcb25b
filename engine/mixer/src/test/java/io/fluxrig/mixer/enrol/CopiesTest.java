package io.fluxrig.mixer.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Heartbeat;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs with one rack's keys: who is heard, and what people read of it. */
class CopiesTest {
    private static final long OTHER_CLOCK_MS = -60_000;

    @TempDir
    private Path folder;

    private RacksOfATest racks;

    @BeforeEach
    void open() throws Exception {
        racks = new RacksOfATest(folder);
        racks.hello("east", "one");
    }

    @AfterEach
    void close() {
        racks.close();
    }

    private void heartbeats(long... runs) throws Exception {
        for (long run : runs) {
            racks.heartbeat("east", run, 0);
        }
    }

    private List<Long> heardOf() {
        return racks.heard.stream().map(Heartbeat::run).toList();
    }

    private byte[] login() {
        return racks.registry.rack("east").login();
    }

    private byte[] login(String name) throws Exception {
        return racks.key(name).publicKey();
    }

    /** Until it is not refused any more, where the other one is not heard of. */
    private void askFor(long ms, String login, long run, boolean copied) throws Exception {
        for (int i = 0; i < Runs.ASKS_MIN; i++) {
            racks.nowMs += ms / Runs.ASKS_MIN + 1;
            racks.hello("east", login, run, copied);
        }
    }

    @Test
    void shouldHearNothingOfTheCopyOfARackAndSayThatThereIsOne() throws Exception {
        heartbeats(1, 1, 2, 2, 1, 2, 2, 1);

        assertThat(heardOf()).as("what proves it is of the rack").containsExactly(1L, 1L, 2L, 2L, 1L, 1L);
        assertThat(racks.fleet.others("east")).contains("is refused");
        assertThat(racks.audited("rack.copied")).singleElement().asString().contains("key ");
        racks.hello("east", "two", 2L, false);
        assertThat(login()).as("of the copy").isEqualTo(login("one"));

        askFor(RacksOfATest.AWAY_MS, "two", 2, false);
        assertThat(login()).as("of the only one").isEqualTo(login("two"));
        assertThat(racks.fleet.others("east")).isEmpty();
    }

    @Test
    void shouldNoticeACopyOnAMachineWhoseClockIsBehind() throws Exception {
        for (int i = 0; i < 2; i++) {
            racks.heartbeat("east", 2, 0);
            racks.heartbeat("east", 1, OTHER_CLOCK_MS);
        }
        racks.heartbeat("east", 2, 0);

        assertThat(heardOf()).containsExactly(2L, 1L, 2L, 1L);
        assertThat(racks.audited("rack.copied")).hasSize(1);
    }

    @Test
    void shouldNotLetTheCopyOfARackStartAfterAStartOfTheMixer() throws Exception {
        racks.hello("east", "two", 2L, true);
        assertThat(login()).isEqualTo(login("one"));

        askFor(RacksOfATest.AWAY_MS, "two", 2, true);
        assertThat(login()).isEqualTo(login("two"));
    }

    /** Whoever had the rack's keys wrote ten lines a second. */
    @Test
    void shouldTellPeopleOfOneCopyOfSeveralThatComeOneAfterTheOther() throws Exception {
        heartbeats(1, 1, 2, 2, 1, 3, 3, 1, 4, 4, 1);
        assertThat(racks.audited("rack.copied")).hasSize(1);
        assertThat(heardOf()).as("the rack's own").filteredOn(run -> run == 1).hasSize(5);

        racks.nowMs += Copies.APART_MS;
        heartbeats(1, 5, 5, 1);
        assertThat(racks.audited("rack.copied")).hasSize(2);
    }
}
