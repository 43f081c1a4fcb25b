package io.fluxrig.transport.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest {
    private static final long LENGTH_NS = 4_000;
    private long nowNs = 100;
    private final MemoryStore store = new MemoryStore();
    private final Lease one = new Lease(store, new byte[] {1}, LENGTH_NS, () -> nowNs);
    private final Lease other = new Lease(store, new byte[] {2}, LENGTH_NS, () -> nowNs);

    /** As NATS does it; calls fail before or after they are made, and take their time, where a test says so. */
    private final class MemoryStore implements LeaseStore {
        private Entry entry;
        private long writtenNs;
        private long revisions;
        private boolean away;
        private boolean answersLost;
        private long delayNs;

        private void reach() throws IOException {
            nowNs += delayNs;
            if (away) {
                throw new IOException("away");
            }
        }

        private long answer() throws IOException {
            nowNs += delayNs;
            if (answersLost) {
                throw new IOException("answer lost");
            }
            return revisions;
        }

        private Entry current() {
            return entry != null && nowNs - writtenNs < LENGTH_NS ? entry : null;
        }

        private void write(byte[] value) {
            entry = new Entry(++revisions, value);
            writtenNs = nowNs;
        }

        @Override
        public Entry read() throws IOException {
            reach();
            return current();
        }

        @Override
        public long create(byte[] value) throws IOException {
            reach();
            if (current() != null) {
                return TAKEN;
            }
            write(value);
            return answer();
        }

        @Override
        public long update(byte[] value, long revision) throws IOException {
            reach();
            if (current() == null || current().revision() != revision) {
                return TAKEN;
            }
            write(value);
            return answer();
        }

        @Override
        public void remove(long revision) throws IOException {
            reach();
            entry = current() != null && current().revision() == revision ? null : entry;
        }
    }

    @Test
    void shouldBeHeldByWhoIsFirst() {
        one.turn(true);
        other.turn(true);

        assertThat(one.holds()).isTrue();
        assertThat(one.term()).isEqualTo(1);
        assertThat(other.holds()).isFalse();
        assertThat(other.holder()).containsExactly(1);
    }

    @Test
    void shouldNotBeTakenByWhoDoesNotWantIt() {
        one.turn(false);

        assertThat(one.holds()).isFalse();
        assertThat(store.current()).isNull();
    }

    @Test
    void shouldBeHeldAsLongAsItIsRenewed() {
        for (int turn = 0; turn < 20; turn++) {
            one.turn(true);
            other.turn(true);
            nowNs += one.turnNs();
        }

        assertThat(one.holds()).isTrue();
        assertThat(one.term()).isEqualTo(1);
        assertThat(other.holds()).isFalse();
    }

    @Test
    void shouldEndHereAQuarterBeforeItEndsThere() {
        one.turn(true);

        nowNs = 100 + 2_999;
        assertThat(one.holds()).isTrue();
        nowNs = 100 + 3_000;
        assertThat(one.holds()).isFalse();
        assertThat(one.term()).isZero();
        other.turn(true);
        assertThat(other.holds()).isFalse();
        nowNs = 100 + 4_000;
        other.turn(true);
        assertThat(other.holds()).isTrue();
    }

    @Test
    void shouldCountFromBeforeARenewalThatTookItsTime() {
        store.delayNs = 700;
        one.turn(true); // read takes 700; create is sent at 800, and done at 2,200

        assertThat(nowNs).isEqualTo(2_200);
        nowNs = 800 + 2_999;
        assertThat(one.holds()).isTrue();
        nowNs = 800 + 3_000;
        assertThat(one.holds()).isFalse();
    }

    @Test
    void shouldGoOnAfterARenewalWhoseAnswerWasLost() {
        one.turn(true);
        nowNs += 1_000;
        store.answersLost = true;
        one.turn(true);
        store.answersLost = false;
        nowNs += 1_000;
        one.turn(true);

        nowNs += 2_900;
        assertThat(one.holds()).isTrue();
        assertThat(one.term()).isEqualTo(1);
    }

    @Test
    void shouldFindItsOwnWhereTheAnswerToTakingItWasLost() {
        store.answersLost = true;
        one.turn(true);
        assertThat(one.holds()).isFalse();
        store.answersLost = false;
        nowNs += 1_000;
        one.turn(true);

        assertThat(one.holds()).isTrue();
    }

    @Test
    void shouldBeLostAtOnceToWhoHasTakenIt() {
        one.turn(true);
        store.write(new byte[] {2});
        one.turn(true);

        assertThat(one.holds()).isFalse();
        assertThat(one.holder()).containsExactly(2);
    }

    @Test
    void shouldHaveAnotherTermWhenItIsTakenAgain() {
        one.turn(true);
        store.away = true;
        nowNs += 5_000;
        one.turn(true);
        assertThat(one.term()).isZero();
        store.away = false;
        one.turn(true);

        assertThat(one.term()).isEqualTo(2);
    }

    @Test
    void shouldBeFreeAtOnceWhenItIsGivenBack() {
        one.turn(true);
        one.release();
        other.turn(true);

        assertThat(one.holds()).isFalse();
        assertThat(other.holds()).isTrue();
    }

    @Test
    void shouldNotTakeFromOthersWhatItGivesBackTooLate() {
        one.turn(true);
        store.write(new byte[] {2});
        one.release();

        assertThat(store.current().value()).containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldNeverBeHeldByTwo(long seed) {
        Random random = new Random(seed);
        List<Lease> all =
                new ArrayList<>(List.of(one, other, new Lease(store, new byte[] {3}, LENGTH_NS, () -> nowNs)));
        int held = 0;
        for (int step = 0; step < 20_000; step++) {
            store.away = random.nextInt(10) == 0;
            store.answersLost = random.nextInt(10) == 0;
            store.delayNs = random.nextInt(20) == 0 ? random.nextInt(5_000) : random.nextInt(20);
            Lease each = all.get(random.nextInt(all.size()));
            if (random.nextInt(200) == 0) {
                each.release();
            } else {
                each.turn(true);
            }
            nowNs += random.nextInt(100) == 0 ? random.nextInt(6_000) : random.nextInt(500);
            long holders = all.stream().filter(Lease::holds).count();
            assertThat(holders).as("holders at step %s of seed %s", step, seed).isLessThanOrEqualTo(1);
            held += (int) holders;
        }
        assertThat(held).as("steps at which somebody held it").isGreaterThan(5_000);
    }
}
