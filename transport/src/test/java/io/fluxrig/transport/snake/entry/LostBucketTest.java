package io.fluxrig.transport.snake.entry;

import static io.fluxrig.transport.snake.entry.SharingRack.NAME;
import static io.fluxrig.transport.snake.entry.SharingRack.WAIT_NS;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.entry.SharedEntry;
import io.fluxrig.transport.entry.SharedEntry.Verdict;
import io.fluxrig.transport.snake.nats.FakeBucket;
import io.fluxrig.transport.snake.seal.WireKeys;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A bucket that is removed and made again under racks: nobody sends what another has sent and waits for, and none goes on with its names. */
final class LostBucketTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);
    private static final long MOMENT_NS = 1_000_000_000;

    private final VirtualClock clock = new VirtualClock();
    private final FakeBucket bucket = new FakeBucket();
    private final SharingRack east = rack("east");
    private final SharingRack west = rack("west");

    private SharingRack rack(String name) {
        return new SharingRack(bucket, clock, name, true, WireKeys.of(KEY));
    }

    private static String name(int number) {
        return NAME.replace("000042", "%06d".formatted(number));
    }

    @Test
    void whatIsGoneWhileItIsWaitedForIsWaitedForStill() {
        east.turns().open(1, NAME + " from east");
        west.turns().open(7, NAME + " from west");
        west.found(Verdict.FOUND);
        bucket.values.clear();
        west.strip.look(7);
        west.turns();
        assertThat(west.found(Verdict.UNREADABLE)).isEmpty();
        assertThat(west.lines.said).anySatisfy(line -> assertThat(line).contains("is gone"));

        east.add(1, "approved");
        aMomentLater();
        west.strip.look(7);
        west.turns();
        assertThat(west.found(Verdict.FOUND)).as("written all the same").isEqualTo("|" + NAME + " from east|approved");
        assertThat(east.figures.lost()).isZero();
    }

    @Test
    void whatWasSentAgainMeanwhileIsToldToWhoHadSentItFirst() {
        west.turns();
        sentByBoth(bucket.values::clear);
        SharedEntry told = east.strip.nextFound();
        assertThat(told.verdict()).isEqualTo(Verdict.FOUND_AFTERWARDS);
        assertThat(told.id()).isEqualTo(1);
        assertThat(told.sinceNs()).isEqualTo(MOMENT_NS);
        assertThat(new String(told.records().get(0), US_ASCII)).isEqualTo(NAME + " from west");
        assertThat(east.figures.lost()).isEqualTo(1);
        assertThat(east.figures.held()).isZero();
        west.add(7, "approved too");
        assertThat(west.ours()).isTrue();
    }

    @Test
    void soItIsWhereTheBucketHasOtherNamesNow() {
        sentByBoth(bucket::remove);
        assertThat(east.figures.settled()).isZero();
        aMomentLater();
        assertThat(east.found(Verdict.FOUND_AFTERWARDS)).isEqualTo("|" + NAME + " from west");
        assertThat(east.figures.held()).isZero();
    }

    /** East has read the names, and written its outcome anew. */
    private void aMomentLater() {
        clock.advance(10_000_000);
        east.turns();
    }

    private void sentByBoth(Runnable loss) {
        east.turns().open(1, NAME + " from east");
        assertThat(east.ours()).isTrue();
        loss.run();
        west.turns().open(7, NAME + " from west");
        assertThat(west.ours()).isTrue();
        clock.advance(MOMENT_NS);
        east.add(1, "approved");
    }

    @Test
    void whoIdlesThroughItTakesTheNamesOfWhoMadeItAgain() {
        east.turns();
        bucket.remove();
        west.turns();
        clock.advance(MOMENT_NS);
        bothOpen();
    }

    @Test
    void whoIsBusyThroughItTakesTheNamesOfWhoMadeItAgain() {
        east.turns();
        for (int i = 0; i < 5; i++) {
            east.open(10 + i, name(i) + " more");
        }
        assertThat(east.ours()).isTrue();
        bucket.remove();
        west.turns();
        bothOpen();
    }

    private void bothOpen() {
        east.open(1, NAME + " from east");
        west.open(7, NAME + " from west");
        assertThat(Stream.of(east, west).map(each -> each.strip.sent() - each.strip.kept()))
                .containsOnly(0L);
        assertThat(east.ours()).isTrue();
        assertThat(west.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from east");
        assertThat(east.figures.unshared() + west.figures.unshared()).isZero();
        east.add(1, "approved");
        west.strip.look(7);
        west.turns();
        assertThat(west.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from east|approved");
    }

    @Test
    void whoIdlesThroughItFindsWhatTheOtherHasClaimedBefore() {
        east.turns();
        bucket.remove();
        west.turns().open(7, NAME + " from west");
        clock.advance(MOMENT_NS);
        east.open(1, NAME + " from east");
        assertThat(east.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from west");
    }

    @Test
    void whatWasSentBeforeIsWrittenUnderTheNamesThatThereAreNow() {
        east.turns().open(1, NAME + " from east");
        bucket.remove();
        west.turns();
        clock.advance(6 * MOMENT_NS);
        east.turns();
        east.add(1, "approved");
        aMomentLater();
        west.open(7, NAME + " from west");
        assertThat(west.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from east|approved");
    }

    @Test
    void aClaimWhoseNamesNobodyConfirmsIsNobodysForAsLongAsAStripWaits() {
        east.turns();
        clock.advance(MOMENT_NS);
        bucket.losesReads = true;
        east.open(1, NAME + " from east");
        assertThat(east.strip.kept()).isZero();
        clock.advance(WAIT_NS);
        east.turns();
        assertThat(east.figures.unshared()).isEqualTo(1);
        assertThat(east.strip.kept()).isEqualTo(1);
        bucket.losesReads = false;
        clock.advance(WAIT_NS);
        east.turns().add(1, "approved");
        assertThat(east.figures.settled()).isEqualTo(1);
        assertThat(east.figures.held()).isZero();
    }

    @Test
    void aKeyThatWasPutThereMeanwhileIsNotWrittenOver() {
        east.turns();
        String names = bucket.values.keySet().iterator().next();
        bucket.remove();
        west.turns();
        byte[] put = bucket.values.get(names).body();
        clock.advance(14 * MOMENT_NS);
        for (int second = 0; second < 3; second++) { // when it is due to write its own
            clock.advance(MOMENT_NS);
            east.turns();
        }
        assertThat(bucket.values.get(names).body()).isEqualTo(put);
        assertThat(List.copyOf(bucket.values.keySet())).containsExactly(names);
    }
}
