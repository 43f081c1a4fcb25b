package io.fluxrig.transport.snake.entry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.entry.EntrySender;
import io.fluxrig.transport.entry.SharedEntry.Verdict;
import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.FakeBucket;
import io.fluxrig.transport.snake.seal.WireKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two racks, one bucket: who has an entry, who finds it, and what holds while NATS does not answer. */
class EntrySharerTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);
    private static final String NAME = SharingRack.NAME;
    private static final long WAIT_NS = SharingRack.WAIT_NS;

    private final VirtualClock clock = new VirtualClock();
    private final FakeBucket bucket = new FakeBucket();
    private List<byte[]> keys = List.of(KEY);
    private SharingRack east = rack("east", true);
    private SharingRack west = rack("west", true);

    private SharingRack rack(String name, boolean alone) {
        return new SharingRack(bucket, clock, name, alone, () -> keys);
    }

    @Test
    void whoOpensAnEntryFirstHasItAndTheOtherFindsWhatBecameOfIt() {
        assertThat(east.turns().open(1, NAME + " from east")).isEqualTo(EntrySender.SENT);
        assertThat(east.ours()).isTrue();
        west.turns().open(7, NAME + " from west");
        assertThat(west.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from east");
        assertThat(west.strip.kept()).isEqualTo(1);

        east.add(1, "approved");
        west.strip.look(7);
        west.turns();
        assertThat(west.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from east|approved");
        assertThat(east.figures.settled()).isEqualTo(1);
        assertThat(east.figures.held()).isZero();
        west.strip.end(7);
        west.turns();
        assertThat(west.figures.held()).isZero();
    }

    @Test
    void anEntryOfAnotherNameIsAnotherEntry() {
        east.turns().open(1, NAME + " one");
        east.open(2, NAME.replace('2', '3') + " two");
        assertThat(east.ours()).isTrue();
    }

    @Test
    void whatAnEntryCameToFirstIsWhatOthersFind() {
        east.turns().open(1, NAME + " from east");
        bucket.busy = 1; // what it came to waits to be written once more
        east.add(1, "approved");
        east.add(1, "declined");
        assertThat(east.figures.held()).isEqualTo(1);
        clock.advance(WAIT_NS);
        east.turns();
        assertThat(east.figures.held()).isZero();
        west.turns().open(7, NAME + " from west");
        assertThat(west.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from east|approved");
    }

    @Test
    void anEntryThatEndedWithoutAnOutcomeIsAnybodysAgain() {
        east.turns().open(1, NAME + " from east");
        east.strip.end(1);
        east.turns();
        west.turns().open(7, NAME + " from west");
        assertThat(west.strip.kept()).as("looks whether it stands there").isZero();
        aMomentLater(west);
        assertThat(west.ours()).isTrue();
        east.open(2, NAME + " again");
        assertThat(east.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from west");
    }

    /** What was claimed in another's place has been looked at once more. */
    private void aMomentLater(SharingRack rack) {
        rack.turns();
        clock.advance(WAIT_NS / 2);
        rack.turns();
    }

    @Test
    void whatWasFoundCanBeTakenOverByOne() {
        east.turns().open(1, NAME + " from east");
        west.turns().open(7, NAME + " from west");
        west.found(Verdict.FOUND);
        west.strip.takeOver(7);
        aMomentLater(west);
        assertThat(west.ours()).isTrue();
        east.add(1, "too late");
        assertThat(east.figures.lost()).isEqualTo(1);
        assertThat(east.found(Verdict.FOUND_AFTERWARDS)).isEqualTo("|" + NAME + " from west");
        east.open(2, NAME + " again");
        assertThat(east.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from west");
    }

    @Test
    void anAnswerThatWasLostMakesNobodyWaitForItself() {
        east.turns();
        bucket.losesAnswers = true;
        east.open(1, NAME + " from east");
        clock.advance(WAIT_NS);
        east.turns();
        assertThat(east.strip.kept()).as("goes on alone").isEqualTo(1);
        assertThat(east.figures.unshared()).isEqualTo(1);
        bucket.losesAnswers = false;
        clock.advance(2_000_000_000L);
        east.turns();
        east.add(1, "approved"); // its own claim stands there, of which it never heard
        assertThat(east.figures.settled()).isEqualTo(1);
        west.turns().open(7, NAME + " from west");
        assertThat(west.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from east|approved");
    }

    @Test
    void anOutcomeWhoseAnswerWasLostIsNoOthers() {
        east.turns().open(1, NAME + " from east");
        bucket.losesAnswers = true;
        east.add(1, "approved");
        bucket.losesAnswers = false;
        clock.advance(2_000_000_000L);
        east.turns();
        clock.advance(250_000_000L);
        east.turns();
        assertThat(east.figures.lost()).isZero();
        assertThat(east.figures.settled()).isEqualTo(1);
        assertThat(east.figures.held()).isZero();
    }

    @Test
    void whoeverMeetsAnotherJustBeingWrittenAsksOnceMore() {
        east.turns().open(1, NAME + " from east");
        west.turns();
        bucket.busy = 2;
        west.open(7, NAME + " from west");
        assertThat(west.strip.kept()).isZero();
        for (int i = 0; i < 3; i++) {
            clock.advance(6_000_000L);
            west.turns();
        }
        assertThat(west.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from east");
        assertThat(west.figures.unshared()).isZero();
    }

    /** NATS answers: nobody may go on alone while a strip waits for it. */
    @Test
    void whoeverMeetsAnotherBeingWrittenForLongAsksAsLongAsAStripWaits() {
        east.turns().open(1, NAME + " from east");
        west.turns();
        bucket.busy = 20;
        west.open(7, NAME + " from west");
        for (int i = 0; i < 35; i++) {
            clock.advance(6_000_000L);
            west.turns();
        }
        assertThat(west.strip.kept()).isZero();
        assertThat(west.figures.unshared()).isZero();
        assertThat(bucket.busy).as("it asks less and less often").isBetween(1, 12);
        bucket.busy = 0;
        for (int i = 0; i < 5; i++) {
            clock.advance(6_000_000L);
            west.turns();
        }
        assertThat(west.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from east");
    }

    @Test
    void whoeverMeetsAnotherBeingWrittenForTooLongGoesOnAloneAndIsToldAfterwards() {
        east.turns().open(1, NAME + " from east");
        west.turns();
        bucket.busy = 100;
        west.open(7, NAME + " from west");
        for (int i = 0; i < 45; i++) {
            clock.advance(6_000_000L);
            west.turns();
        }
        assertThat(west.strip.kept()).isEqualTo(1);
        assertThat(west.figures.unshared()).isEqualTo(1);
        assertThat(west.lines.said).hasSize(1).first().asString().contains("longer than a request waits");
        bucket.busy = 0;
        west.add(7, "approved too");
        clock.advance(WAIT_NS);
        west.turns();
        assertThat(west.found(Verdict.FOUND_AFTERWARDS)).isEqualTo("|" + NAME + " from east");
    }

    @Test
    void whatIsTakenOverWhileItIsLookedAtIsToldAgainFirst() {
        east.turns().open(1, NAME + " from east");
        west.turns().open(7, NAME + " from west");
        west.found(Verdict.FOUND);
        bucket.silent = true;
        west.strip.look(7);
        west.turns();
        west.strip.takeOver(7);
        west.turns();
        assertThat(west.strip.kept())
                .as("of three records the last is not done")
                .isEqualTo(2);
        bucket.speak();
        west.turns();
        assertThat(west.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from east");
        west.strip.takeOver(7);
        aMomentLater(west);
        assertThat(west.ours()).isTrue();
    }

    @Test
    void aRequestThatWentAheadIsClaimedOnceNobodyTurnsOutToHaveIt() {
        east.turns().open(1, NAME + " from east");
        east.strip.end(1);
        east.turns();
        west.turns();
        bucket.silent = true;
        west.open(7, NAME + " from west");
        clock.advance(WAIT_NS);
        west.turns();
        assertThat(west.strip.kept()).isEqualTo(1);
        bucket.speak();
        west.turns();
        west.add(7, "approved");
        aMomentLater(west);
        east.open(2, NAME + " again");
        assertThat(east.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from west|approved");
        assertThat(west.strip.nextFound()).isNull();
    }

    @Test
    void whatGivesNamesMayBeForgottenOrRemoved() {
        east.turns().open(1, NAME + " from east");
        String names = bucket.values.keySet().iterator().next();
        bucket.values.remove(names);
        clock.advance(15_000_000_000L);
        east.turns();
        west.turns().open(7, NAME + " from west");
        assertThat(west.found(Verdict.FOUND)).as("names are as they were").isEqualTo("|" + NAME + " from east");

        bucket.values.put(names, new FakeBucket.Value(77, new byte[0]));
        SharingRack late = rack("late", true);
        late.turns().open(1, NAME.replace('2', '3') + " three");
        assertThat(late.figures.opened()).isEqualTo(1);
    }

    @Test
    void anAnswerThatNobodyAskedForIsNoTrouble() {
        east.turns();
        for (String odd : List.of("inbox1.x", "inbox2.x", "inbox2.", "inbox2.99999999999999999999", "inbox2.7")) {
            east.bus.publish(odd, null, null, new byte[] {1});
        }
        east.turns().open(1, NAME + " from east");
        assertThat(east.ours()).isTrue();
    }

    @Test
    void whileNobodyAnswersOnlyTheFirstWaits() {
        east.turns();
        bucket.silent = true;
        east.open(1, NAME + " one");
        assertThat(east.strip.kept()).isZero();
        clock.advance(WAIT_NS);
        east.turns();
        assertThat(east.strip.kept()).isEqualTo(1);
        east.open(2, NAME.replace('2', '3') + " two");
        assertThat(east.strip.kept()).as("does not wait").isEqualTo(2);
        bucket.speak();
        east.turns();
        east.open(3, NAME.replace('2', '4') + " three");
        assertThat(east.figures.unshared()).isEqualTo(2);
        assertThat(east.figures.opened())
                .as("the one that was asked about, and the last")
                .isEqualTo(2);
        east.add(2, "approved");
        assertThat(east.figures.settled()).as("shared with its outcome").isEqualTo(1);
    }

    @Test
    void withoutNatsAStripGoesOnAloneOrIsTold() {
        east.bus.connection = Bus.DOWN;
        east.open(1, NAME + " from east");
        assertThat(east.ours()).isTrue();
        SharingRack careful = rack("careful", false);
        careful.bus.connection = Bus.DOWN;
        careful.open(1, NAME + " from careful");
        assertThat(careful.found(Verdict.UNKNOWN)).isEmpty();
        assertThat(careful.strip.kept()).isEqualTo(1);
    }

    @Test
    void anOutcomeIsSharedOnceNatsIsBack() {
        east.turns();
        east.bus.connection = Bus.DOWN;
        east.turns().open(1, NAME + " from east");
        east.add(1, "approved");
        east.bus.connection = 2;
        east.turns();
        clock.advance(1_000_000_000L);
        east.turns();
        west.turns().open(7, NAME + " from west");
        assertThat(west.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from east|approved");
    }

    @Test
    void anOutcomeThatNatsDoesNotTakeIsGivenUpAfterAWhile() {
        east.turns().open(1, NAME + " from east");
        bucket.losesAnswers = true;
        east.add(1, "approved");
        for (int i = 0; i < 60; i++) {
            clock.advance(250_000_000L);
            east.turns();
        }
        assertThat(east.figures.lost()).isEqualTo(1);
        assertThat(east.figures.held()).isZero();
    }

    @Test
    void aBucketThatWasRemovedIsMadeAgain() {
        east.turns().open(1, NAME + " from east");
        bucket.remove();
        east.open(2, NAME.replace('2', '3') + " two");
        clock.advance(1_000_000_000L);
        east.turns();
        east.open(3, NAME + " from east");
        assertThat(east.figures.opened()).isEqualTo(2);
        west.turns().open(7, NAME + " from west");
        assertThat(west.found(Verdict.FOUND)).isEqualTo("|" + NAME + " from east");
    }

    @Test
    void aKeyThatIsRotatedChangesNoNames() {
        east.turns().open(1, NAME + " from east");
        byte[] next = KEY.clone();
        next[0]++;
        keys = List.of(next, KEY);
        clock.advance(15_000_000_000L);
        east.turns();
        SharingRack onlyNew = new SharingRack(bucket, clock, "west", true, WireKeys.of(next));
        onlyNew.turns().open(7, NAME + " from west");
        assertThat(onlyNew.found(Verdict.UNREADABLE)).as("found by its name").isEmpty();
        east.open(2, NAME.replace('2', '3') + " two");
        onlyNew.open(8, NAME.replace('2', '3') + " two again");
        assertThat(onlyNew.found(Verdict.FOUND)).endsWith(" two");
    }

    @Test
    void nothingInTheBucketShowsAName() {
        east.turns().open(1, NAME + " from east");
        east.add(1, "approved");
        bucket.values.forEach((subject, value) -> {
            assertThat(subject).doesNotContain("411111").doesNotContain("000042");
            assertThat(new String(value.body(), US_ASCII))
                    .doesNotContain("4111")
                    .doesNotContain("approved");
        });
        assertThat(bucket.values).hasSize(2);
    }

    @Test
    void whatSomebodyElsePutThereIsNotBelieved() {
        east.turns().open(1, NAME + " from east");
        String mine = bucket.values.keySet().stream()
                .filter(subject -> !subject.endsWith("names"))
                .findFirst()
                .orElseThrow();
        east.open(2, NAME.replace('2', '3') + " two");
        String other = bucket.values.keySet().stream()
                .filter(subject -> !subject.endsWith("names") && !subject.equals(mine))
                .findFirst()
                .orElseThrow();
        bucket.values.put(mine, bucket.values.get(other)); // another entry's, sound in itself
        west.turns().open(7, NAME + " from west");
        assertThat(west.found(Verdict.UNREADABLE)).isEmpty();
        for (byte[] rubbish : List.of(new byte[] {1}, new byte[300], new byte[] {0, 0, 0, 4, 1, 2, 3, 4})) {
            bucket.values.put(mine, new FakeBucket.Value(99, rubbish));
            west.strip.look(7);
            west.turns();
            assertThat(west.found(Verdict.UNREADABLE)).isEmpty();
        }
    }
}
