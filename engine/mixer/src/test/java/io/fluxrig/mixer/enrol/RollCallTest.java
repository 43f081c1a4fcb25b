package io.fluxrig.mixer.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.mixer.registry.RackEntry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Which approved racks are there, in the log and for metrics. */
class RollCallTest {
    @TempDir
    private Path folder;

    private final Logger log = (Logger) LoggerFactory.getLogger(RollCall.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private RacksOfATest racks;
    private RollCall roll;
    private boolean leads = true;
    private boolean connected = true;
    private long epoch = 1;

    @BeforeEach
    void open() throws Exception {
        lines.start();
        log.setLevel(Level.INFO);
        log.addAppender(lines);
        racks = new RacksOfATest(folder);
        roll = new RollCall(
                racks.registry,
                racks.fleet,
                () -> leads,
                () -> epoch,
                () -> connected,
                RacksOfATest.AWAY_MS,
                () -> racks.nowMs * 1_000_000);
        racks.enrolment.whenRemoved(roll::forget);
    }

    @AfterEach
    void close() {
        log.detachAppender(lines);
        log.setLevel(null);
        racks.close();
    }

    /** What was said at this look. */
    private List<String> look() {
        lines.list.clear();
        roll.look();
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }

    private void isHeard(String rack) throws Exception {
        racks.heartbeat(rack, 1, 0);
    }

    private void after(long ms) {
        racks.nowMs += ms;
    }

    private void approved(int count) throws Exception {
        byte[] key = racks.key("some").publicKey();
        for (int i = 0; i < count; i++) {
            String name = "rack-%04d".formatted(i);
            racks.registry.put(new RackEntry(name, key, key, "active", "h", "1", 5, 1, "t", 1, 1));
        }
    }

    @Test
    void shouldSayThatARackWentAwayAndThatItIsBack() throws Exception {
        racks.hello("west", "west");
        isHeard("west");
        assertThat(look()).isEmpty();
        assertThat(roll.there()).containsOnly(entry("west", true));

        after(RacksOfATest.AWAY_MS);
        assertThat(roll.there()).as("ahead of the next look").containsOnly(entry("west", false));
        assertThat(look()).containsExactly("WARN away, not heard of for 1 s: rack west");
        assertThat(look()).isEmpty();
        assertThat(roll.there()).containsOnly(entry("west", false));

        isHeard("west");
        assertThat(look()).containsExactly("INFO there again: rack west");
        assertThat(look()).isEmpty();
    }

    /** As where NATS is away. */
    @Test
    void shouldSayItInOneLineOfMany() throws Exception {
        approved(RollCall.NAMES_MAX + 2);
        assertThat(look()).isEmpty();
        connected = false;

        after(RacksOfATest.AWAY_MS);

        assertThat(look())
                .containsExactly(
                        "WARN away, not heard of for 1 s: 12 racks: rack-0000, rack-0001, rack-0002, rack-0003,"
                                + " rack-0004, rack-0005, rack-0006, rack-0007, rack-0008, rack-0009, and 2 more; there is no"
                                + " connection to NATS, so no rack is heard");
        assertThat(look()).isEmpty();
    }

    /** As at the start of a mixer, and where another one led. */
    @Test
    void shouldWaitForARackAsLongAsItMayBeSilent() throws Exception {
        racks.hello("east", "east");
        look();
        after(RacksOfATest.AWAY_MS - 1);
        assertThat(look()).isEmpty();
        assertThat(roll.there()).as("nobody knows yet").isEmpty();
        after(1);
        assertThat(look()).hasSize(1);

        epoch++;
        assertThat(look()).isEmpty();
        assertThat(roll.there()).isEmpty();
        after(RacksOfATest.AWAY_MS);
        assertThat(look()).hasSize(1);

        leads = false;
        assertThat(roll.there()).as("another one hears the racks").isEmpty();
        epoch++;
        assertThat(look()).isEmpty();
    }

    @Test
    void shouldSayThatARackHasStopped() throws Exception {
        racks.hello("east", "east");
        racks.heartbeat("east", "stopped", "", "", "");
        look();

        after(RacksOfATest.AWAY_MS);

        assertThat(look()).containsExactly("WARN away, not heard of for 1 s: rack east (it has stopped)");
    }

    @Test
    void shouldLookAtNoRackThatIsNotLetInOrWasRemoved() throws Exception {
        byte[] key = racks.key("some").publicKey();
        racks.registry.put(RackEntry.pending("new", key, key, "h", "1", 5));
        racks.hello("east", "east");
        isHeard("east");
        look();
        racks.enrolment.remove("east", "test");
        assertThat(roll.there()).isEmpty();
        racks.hello("east", "east");

        assertThat(look()).as("another rack under its name").isEmpty();
        racks.enrolment.remove("east", "test");
        after(RacksOfATest.AWAY_MS);
        assertThat(look()).isEmpty();
        assertThat(roll.there()).isEmpty();
    }
}
