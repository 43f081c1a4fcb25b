package io.fluxrig.transport.snake.entry;

import static io.fluxrig.transport.snake.entry.SharingRack.NAME;
import static io.fluxrig.transport.snake.entry.SharingRack.WAIT_NS;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.entry.SharedEntry;
import io.fluxrig.transport.entry.SharedEntry.Verdict;
import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.FakeBucket;
import io.fluxrig.transport.snake.seal.WireKeys;
import org.junit.jupiter.api.Test;

/** Two racks whose bucket is in a cluster: what they do while nobody leads it, what they are told afterwards, and what it takes twice. */
final class EntryAloneTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);
    private static final long AWAY_NS = 4_100_000_000L;

    private final VirtualClock clock = new VirtualClock();
    private final FakeBucket bucket = new FakeBucket();
    private final SharingRack east = rack("east");
    private final SharingRack west = rack("west");

    private SharingRack rack(String name) {
        return new SharingRack(bucket, clock, name, true, WireKeys.of(KEY));
    }

    private void passes(long ns) {
        for (long gone = 0; gone < ns; gone += 50_000_000) {
            clock.advance(50_000_000);
            east.turns();
            west.turns();
        }
    }

    @Test
    void whoLeadsTheBucketAgainIsAskedSoon() {
        east.turns().open(1, NAME + " from east");
        west.turns();
        int ensured = bucket.ensured;
        bucket.leaderless = true;
        east.open(2, NAME.replace('2', '3') + " two");
        assertThat(east.figures.up()).isFalse();
        passes(AWAY_NS);
        bucket.leaderless = false;
        passes(WAIT_NS);
        assertThat(bucket.ensured).as("nobody waits for one answer").isEqualTo(ensured);
        assertThat(east.figures.up()).isTrue();
        east.open(3, NAME.replace('2', '4') + " three");
        assertThat(east.figures.opened()).isEqualTo(2);
    }

    @Test
    void whatBothWentAheadWithIsToldToOneOfThem() {
        east.turns();
        west.turns();
        bucket.leaderless = true;
        east.open(1, NAME + " from east");
        west.open(7, NAME + " from west");
        assertThat(east.ours() && west.ours()).isTrue();
        east.add(1, "approved");
        west.add(7, "approved too");
        passes(AWAY_NS);
        bucket.leaderless = false;
        passes(1_000_000_000);

        boolean toEast = west.figures.settled() == 1;
        assertThat(east.figures.settled() + west.figures.settled()).isEqualTo(1);
        SharedEntry told = (toEast ? east : west).strip.nextFound();
        assertThat(told.verdict()).isEqualTo(Verdict.FOUND_AFTERWARDS);
        assertThat(told.id()).isEqualTo(toEast ? 1 : 7);
        assertThat(told.records()).hasSize(2);
        assertThat(told.sinceNs()).isBetween(AWAY_NS, AWAY_NS + 1_100_000_000);
        assertThat((toEast ? west : east).strip.nextFound()).isNull();
        assertThat(east.figures.held() + west.figures.held()).isZero();
    }

    @Test
    void whatCameToAnEndBeforeItsClaimWasAnsweredIsToldAsWell() {
        east.turns().open(1, NAME + " from east");
        west.turns();
        bucket.silent = true;
        west.open(7, NAME + " from west");
        passes(WAIT_NS);
        west.add(7, "approved too");
        bucket.speak();
        passes(WAIT_NS);

        assertThat(west.found(Verdict.FOUND_AFTERWARDS)).isEqualTo("|" + NAME + " from east");
        assertThat(west.strip.nextFound()).isNull();
        assertThat(west.figures.held()).isZero();
    }

    @Test
    void whatNobodyElseHadIsToldToNobody() {
        east.turns();
        west.turns();
        bucket.leaderless = true;
        west.open(7, NAME + " from west");
        west.add(7, "approved");
        passes(AWAY_NS);
        bucket.leaderless = false;
        passes(1_000_000_000);
        assertThat(west.figures.settled()).isEqualTo(1);
        assertThat(west.strip.nextFound()).isNull();
    }

    @Test
    void ofTwoThatTakeTheSameOverAtATimeOneHasIt() {
        east.turns().open(1, NAME + " from east");
        west.turns();
        east.strip.end(1);
        east.turns();
        bucket.takesTwo = true;
        bucket.silent = true;
        east.open(2, NAME + " east again");
        west.open(7, NAME + " from west");
        for (int step = 0;
                step < 3;
                step++) { // claimed, asked what is there, claimed in its place: both at the same time
            bucket.speak();
            bucket.silent = true;
            east.turns();
            west.turns();
        }
        bucket.speak();
        passes(WAIT_NS);

        assertThat(west.ours()).isTrue();
        assertThat(east.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from west");
        west.add(7, "approved");
        east.strip.look(2);
        east.turns();
        assertThat(east.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from west|approved");
        assertThat(west.figures.lost()).isZero();
    }

    @Test
    void oneLineSaysThatThereIsNoWayToNatsAndOneThatItIsOver() {
        east.turns();
        east.bus.connection = Bus.DOWN;
        east.turns().open(1, NAME + " one");
        east.open(2, NAME.replace('2', '3') + " two");
        east.bus.connection = 2;
        east.turns();
        assertThat(east.lines.said)
                .containsExactly(
                        "WARN tickets: there is no connection to NATS: requests are sent without asking whether another rack has"
                                + " sent them, until that is over",
                        "INFO tickets: NATS answers again: tickets are shared with other racks");
    }
}
