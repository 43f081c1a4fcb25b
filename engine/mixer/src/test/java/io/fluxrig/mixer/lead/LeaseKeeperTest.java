package io.fluxrig.mixer.lead;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.transport.lease.Lease;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LeaseKeeperTest {
    private static final long LENGTH_NS = 4_000_000_000L;
    private static final long TURN_NS = LENGTH_NS / 4;

    private final AtomicLong nowNs = new AtomicLong(1);
    private final NodeKey authority = NodeKey.ephemeral();
    private final LeaseInMemory store = new LeaseInMemory();
    private final Duties duties = new Duties();
    private final Leadership leadership = new Leadership();
    private final Desk desk = new Desk(leadership::leads);
    private final Lease lease = new Lease(store, card("http://a:1", authority), LENGTH_NS, nowNs::get);
    private final LeaseKeeper keeper =
            new LeaseKeeper(lease, leadership, desk, duties, authority, LENGTH_NS, nowNs::get);

    private final Logger log = (Logger) LoggerFactory.getLogger(LeaseKeeper.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @AfterEach
    void close() {
        log.detachAppender(lines);
        duties.stuck.countDown();
        desk.close();
    }

    private static byte[] card(String url, NodeKey key) {
        return new LeaderCard(url, "here", new byte[] {1}).sign(key);
    }

    private static final class Duties implements LeaseKeeper.Duties {
        private final CountDownLatch stuck = new CountDownLatch(1);
        private volatile boolean hangs;
        private volatile boolean fails;
        private volatile boolean failsAtFirst;
        private volatile boolean breaks;
        private final AtomicInteger led = new AtomicInteger();
        private final AtomicInteger stoodBy = new AtomicInteger();
        private final AtomicLong epochs = new AtomicLong(10);

        @Override
        public long begin(BooleanSupplier held) throws Exception {
            work();
            if (!held.getAsBoolean()) {
                throw new IllegalStateException("the lease was lost");
            }
            return epochs.incrementAndGet();
        }

        @Override
        public void led() {
            if (failsAtFirst) {
                throw new IllegalStateException("the registry is away");
            }
            led.incrementAndGet();
        }

        @Override
        public void check() throws Exception {
            work();
        }

        @Override
        public void reach() throws Exception {
            work();
        }

        @Override
        public void standsBy() {
            if (breaks) {
                throw new NoClassDefFoundError("of a test");
            }
            stoodBy.incrementAndGet();
        }

        private void work() throws Exception {
            if (fails) {
                throw new IllegalStateException("the registry is away");
            }
            if (hangs) {
                stuck.await();
            }
        }
    }

    /** A quarter later, and whatever the desk was asked for is done, unless it hangs. */
    private void turn() {
        nowNs.addAndGet(TURN_NS);
        keeper.turn();
        if (!duties.hangs) {
            desk.first(() -> null).join();
        }
    }

    @Test
    void shouldLeadOnceAnEpochHasBegun() {
        turn();

        assertThat(leadership.leads()).isTrue();
        assertThat(leadership.epoch()).isEqualTo(11);
        assertThat(leadership.leaderUrl()).isEmpty();
        assertThat(duties.led).hasValue(1);
        assertThat(desk.ask(() -> 7).join()).isEqualTo(7);
    }

    @Test
    void shouldLeadOnInTheSameEpochWhileItRenews() {
        for (int i = 0; i < 30; i++) {
            turn();
        }

        assertThat(leadership.leads()).isTrue();
        assertThat(leadership.epoch()).isEqualTo(11);
        assertThat(keeper.terms()).isEqualTo(1);
    }

    @Test
    void shouldStandByAndSayWhoLeads() {
        store.write(card("http://b:2", authority));
        turn();

        assertThat(leadership.leads()).isFalse();
        assertThat(duties.stoodBy).hasValue(1);
        assertThat(leadership.leaderUrl()).isEqualTo("http://b:2");
        assertThat(desk.ask(() -> 7))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Desk.Closed.class);
    }

    /** Its thread ended, and the mixer stood by for good without a word. */
    @Test
    void shouldTakeItsNextTurnAfterAnError() {
        store.write(card("http://b:2", authority));
        duties.breaks = true;
        keeper.attempt();
        assertThat(said()).anyMatch(line -> line.contains("looked after again") && line.contains("of a test"));

        duties.breaks = false;
        store.entry = null;
        turn();
        assertThat(leadership.leads()).isTrue();
    }

    @Test
    void shouldReferToNobodyWhoHasAnotherKey() {
        store.write(card("http://evil:2", NodeKey.ephemeral()));
        turn();

        assertThat(leadership.leads()).isFalse();
        assertThat(duties.stoodBy).hasValue(0);
        assertThat(leadership.leaderUrl()).isEmpty();
    }

    @Test
    void shouldTakeOverInAnotherEpochWhenTheLeaseHasEnded() {
        store.write(card("http://b:2", authority));
        turn();
        store.entry = null;
        turn();

        assertThat(leadership.leads()).isTrue();
        assertThat(leadership.leaderUrl()).isEmpty();
    }

    @Test
    void shouldStopDecidingWithoutATurnWhenItsLeaseRunsOut() {
        turn();
        nowNs.addAndGet(3 * TURN_NS - 1);
        assertThat(leadership.leads()).isTrue();
        nowNs.addAndGet(1);

        assertThat(leadership.leads()).isFalse();
        assertThat(leadership.epoch())
                .as("what is under way is still of that epoch")
                .isEqualTo(11);
        turn();
        assertThat(leadership.epoch()).as("taken again").isEqualTo(12);
    }

    @Test
    void shouldBeginNoEpochForALeaseThatWasLostMeanwhile() {
        duties.hangs = true;
        turn();
        store.write(card("http://b:2", authority));
        turn();
        duties.hangs = false;
        duties.stuck.countDown();
        desk.first(() -> null).join();

        assertThat(leadership.leads()).isFalse();
        assertThat(leadership.leaderUrl()).isEqualTo("http://b:2");
        assertThat(duties.epochs).as("as before").hasValue(10);
    }

    @Test
    void shouldLeadOnWhileItsDeskHasMoreToDoThanItCan() {
        turn();
        AtomicBoolean ended = new AtomicBoolean();
        keepBusy(ended);
        for (int i = 0; i < 12; i++) {
            nowNs.addAndGet(TURN_NS);
            keeper.turn();
            desk.first(() -> null).join();
        }
        ended.set(true);

        assertThat(leadership.leads()).isTrue();
        assertThat(keeper.terms()).isEqualTo(1);
    }

    /** More than it can, for as long as it is to. */
    private void keepBusy(AtomicBoolean ended) {
        while (desk.offer(() -> {
            if (!ended.get()) {
                keepBusy(ended);
            }
        })) {
            // until the desk is full
        }
    }

    @Test
    void shouldDoAgainWhatComesFirstWhereItFailed() {
        duties.failsAtFirst = true;
        turn();
        turn();
        assertThat(leadership.leads()).isTrue();
        duties.failsAtFirst = false;
        turn();
        turn();

        assertThat(duties.led).hasValue(1);
        assertThat(leadership.epoch()).isEqualTo(11);
    }

    @Test
    void shouldSayOnceWhyItCannotTakeOver() {
        duties.fails = true;
        turn();
        turn();
        turn();

        assertThat(said())
                .containsOnlyOnce(
                        "this mixer leaves the lease to others for 8000 ms at most: its registry lets it begin no epoch:"
                                + " the registry is away");
    }

    @Test
    void shouldSayOnceWhyItsRegistryFailsWhileItLeads() {
        turn();
        duties.fails = true;
        for (int i = 0; i < 5; i++) {
            turn();
        }

        assertThat(said())
                .filteredOn(line -> line.contains("the registry is away"))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("this mixer leads, and its registry"))
                .anyMatch(line -> line.startsWith("this mixer leaves the lease"));
    }

    @Test
    void shouldLeaveTheLeaseToOthersWhenItsDeskHangs() {
        turn();
        duties.hangs = true;
        for (int i = 0; i < 4; i++) {
            turn();
            assertThat(leadership.leads()).isTrue();
        }
        turn();

        assertThat(leadership.leads()).isFalse();
        assertThat(store.entry).as("the lease").isNull();
        for (int i = 0; i < 6; i++) {
            turn();
        }
        assertThat(store.entry).as("left to others").isNull();
    }

    @Test
    void shouldLeaveTheLeaseToOthersForAWhileWhenItsRegistryIsAway() {
        turn();
        duties.fails = true;
        for (int i = 0; i < 5; i++) {
            turn();
        }
        assertThat(leadership.leads()).isFalse();
        assertThat(store.entry).isNull();

        duties.fails = false;
        for (int i = 0; i < 8; i++) {
            turn();
        }
        assertThat(leadership.leads()).isTrue();
        assertThat(leadership.epoch()).isEqualTo(12);
    }

    @Test
    void shouldTakeTheLeaseAgainOnceItsRegistryAnswersAndNobodyElseHas() {
        turn();
        duties.fails = true;
        for (int i = 0; i < 6; i++) {
            turn();
        }
        duties.fails = false;
        turn();
        turn();
        assertThat(store.entry).as("left to others").isNull();
        turn();
        turn();

        assertThat(leadership.leads()).as("half of the pause later").isTrue();
    }

    @Test
    void shouldLeaveTheLeaseToOthersWhileItsOwnRegistryIsAway() {
        store.write(card("http://b:2", authority));
        turn();
        duties.fails = true;
        turn();
        store.entry = null;
        for (int i = 0; i < 20; i++) {
            turn();
            assertThat(store.entry).as("free for whoever can begin").isNull();
        }
        duties.fails = false;
        turn();
        turn();

        assertThat(leadership.leads()).as("with the first answer").isTrue();
        assertThat(said()).noneMatch(line -> line.startsWith("this mixer leaves the lease"));
    }

    @Test
    void shouldNotKeepALeaseInWhichItCannotBegin() {
        duties.fails = true;
        turn();
        turn();

        assertThat(leadership.leads()).isFalse();
        assertThat(store.entry).isNull();
    }

    @Test
    void shouldGiveTheLeaseBackAtItsEnd() {
        keeper.start();
        Awaitility.await("it leads").atMost(20, TimeUnit.SECONDS).until(leadership::leads);
        keeper.close();

        assertThat(leadership.leads()).isFalse();
        assertThat(store.entry).isNull();
    }
}
