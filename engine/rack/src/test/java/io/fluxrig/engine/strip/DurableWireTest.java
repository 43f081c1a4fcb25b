package io.fluxrig.engine.strip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gear.Receipts;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.ends.Shortage;
import io.fluxrig.transport.ends.WireEnds;
import io.fluxrig.transport.ends.WireRings;
import io.fluxrig.transport.journal.Journal;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.msg.FluxMsg;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Durable wires between gears, on real journals; the strips run under a virtual clock. */
class DurableWireTest {
    @TempDir
    private Path folder;

    private final List<Journal> journals = new ArrayList<>();
    private final List<Long> seen = new ArrayList<>();
    private final List<Long> beside = new ArrayList<>();
    private SimStrips sim;
    private Receipts receipts;
    private int answer = Outcome.ACCEPTED;

    @AfterEach
    void close() throws IOException {
        for (Journal journal : journals) {
            journal.close();
        }
        journals.clear();
    }

    private Journal journal(String name) throws Exception {
        return journal(name, 1_000_000_000L);
    }

    /** @param fullWaitNs how long it has no space before it refuses */
    private Journal journal(String name, long fullWaitNs) throws Exception {
        JournalSettings settings = new JournalSettings(
                folder.resolve(name),
                name,
                SyncMode.OS,
                JournalSettings.SEGMENT_BYTES_MIN,
                1_000_000_000_000L,
                8 * JournalSettings.SEGMENT_BYTES_MIN,
                0,
                0,
                1 << 16,
                fullWaitNs,
                DamagePolicy.REFUSE);
        byte[] key = new byte[32];
        Journal journal =
                Journal.open(settings, key::clone, new SecureRandom(), Clock.system(), 1, new LatencyRecorder());
        journals.add(journal);
        return journal;
    }

    private void rig(StripPlan plan, WireEnds... byWire) {
        sim = new SimStrips(
                plan,
                TestGears.settings(1),
                TestGears.NO_SPECS,
                1,
                new VirtualClock(),
                new WireJournals(Arrays.asList(byWire)));
        sim.start();
    }

    private void start(Journal journal) {
        journal.start(strip -> {});
    }

    /** Passes on what it gets. */
    private Gear pipe(GearContext context) {
        Output out = context.output("out");
        receipts = context.receipts("out");
        return (input, message) -> out.emit(message);
    }

    private Gear sink(GearContext context) {
        return (input, message) -> {
            seen.add(message.id());
            return answer;
        };
    }

    private Gear besideSink(GearContext context) {
        return (input, message) -> {
            beside.add(message.id());
            return Outcome.ACCEPTED;
        };
    }

    private static StripPlan.WirePlan durable(int from, int to) {
        return new StripPlan.WirePlan(from, "out", to, 0, SyncMode.OS);
    }

    private int send(long id) {
        return send(id, 3);
    }

    private int sendLong() {
        return send(1, 6000);
    }

    private int send(long id, int length) {
        int[] outcome = new int[1];
        sim.on(0, strip -> {
            FluxMsg message = new FluxMsg();
            message.id(id);
            message.raw(new byte[length], 0, length);
            outcome[0] = strip.inlet(0, 0).emit(message);
        });
        return outcome[0];
    }

    private void awaitThat(Callable<Boolean> condition) {
        await().pollInSameThread().until(() -> {
            sim.advance(5_000_000);
            return condition.call();
        });
    }

    private StripPlan pipeToSink() {
        return TestGears.plan(
                List.of(TestGears.gear("pipe", this::pipe), TestGears.gear("sink", this::sink)), durable(0, 1));
    }

    @Test
    void shouldDeliverInOrderAndAcknowledge() throws Exception {
        Journal journal = journal("w");
        rig(pipeToSink(), journal);
        start(journal);
        for (long id = 1; id <= 5; id++) {
            assertThat(send(id)).isEqualTo(Outcome.ACCEPTED);
        }
        awaitThat(() -> journal.figures().acknowledged() == 5);
        assertThat(seen).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void shouldTellTheSenderWhenThePromiseHolds() throws Exception {
        Journal journal = journal("w");
        rig(pipeToSink(), journal);
        List<Long> told = new ArrayList<>();
        receipts.onKept(() -> told.add(receipts.kept()));
        send(1);
        sim.advance(50_000_000);
        assertThat(receipts.sent()).isEqualTo(1);
        assertThat(receipts.kept()).isZero();
        start(journal);
        awaitThat(() -> !told.isEmpty());
        assertThat(told).containsExactly(1L);
    }

    @Test
    void shouldDeliverAgainAfterARestartWhatWasNotTaken() throws Exception {
        Journal journal = journal("w");
        rig(pipeToSink(), journal);
        answer = Outcome.FULL;
        start(journal);
        send(1);
        awaitThat(() -> seen.size() > 2);
        close();
        seen.clear();
        answer = Outcome.ACCEPTED;
        Journal again = journal("w");
        rig(pipeToSink(), again);
        start(again);
        awaitThat(() -> again.figures().backlogRecords() == 0);
        assertThat(seen).containsExactly(1L);
    }

    @Test
    void shouldHandNothingToHotWiresThatIsNotWritten() throws Exception {
        Journal journal = journal("w");
        rig(
                TestGears.plan(
                        List.of(
                                TestGears.gear("pipe", this::pipe),
                                TestGears.gear("sink", this::sink),
                                TestGears.gear("beside", this::besideSink)),
                        TestGears.wire(0, 2),
                        durable(0, 1)),
                null,
                journal);
        assertThat(send(1)).isEqualTo(Outcome.ACCEPTED);
        assertThat(beside).containsExactly(1L);
        close();
        assertThat(send(2)).as("failed: a codec tells whoever asked, on error").isEqualTo(Outcome.STALLED);
        assertThat(beside).containsExactly(1L);
    }

    @Test
    void shouldWriteOnceWhatHotWiresBesideTakeLater() throws Exception {
        Journal journal = journal("w");
        rig(
                TestGears.plan(
                        List.of(
                                TestGears.gear("pipe", this::pipe),
                                TestGears.gear("written", this::besideSink),
                                TestGears.gear("sink", this::sink)),
                        TestGears.wire(0, 2),
                        durable(0, 1)),
                null,
                journal);
        answer = Outcome.FULL;
        assertThat(send(1)).isEqualTo(Outcome.FULL);
        answer = Outcome.STALLED;
        assertThat(send(1)).as("it is on its way, and not to be declined").isEqualTo(Outcome.FULL);
        answer = Outcome.ACCEPTED;
        assertThat(send(1)).isEqualTo(Outcome.ACCEPTED);
        assertThat(send(2)).isEqualTo(Outcome.ACCEPTED);
        assertThat(seen).containsExactly(1L, 1L, 1L, 2L);
        start(journal);
        awaitThat(() -> beside.size() == 2);
        assertThat(beside).containsExactly(1L, 2L);
    }

    @Test
    void shouldHoldSocketsBackWhileTheJournalDoesNotKeepUp() throws Exception {
        Journal journal = journal("w");
        rig(pipeToSink(), journal);
        long id = 0;
        while (send(++id) == Outcome.ACCEPTED) {
            assertThat(id).isLessThan(10_000);
        }
        assertThat(sim.strip(0).pressured()).isTrue();
        start(journal);
        awaitThat(() -> !sim.strip(0).pressured());
        assertThat(send(id)).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void shouldReadSocketsOnWhereTheJournalHasNoSpace() throws Exception {
        Journal journal = journal("w", 4_000_000_000L);
        rig(pipeToSink(), journal);
        answer = Outcome.FULL;
        start(journal);
        while (journal.figures().stalls() == 0) {
            if (sendLong() == Outcome.FULL) {
                LockSupport.parkNanos(100_000); // the journal's thread makes room, as long as there is space
            }
        }
        awaitThat(() -> sendLong() == Outcome.FULL);
        awaitThat(() -> !sim.strip(0).pressured());
        assertThat(sendLong()).isEqualTo(Outcome.FULL);
        assertThat(sim.strip(0).pressured()).isFalse();
        awaitThat(() -> sendLong() == Outcome.STALLED);
        answer = Outcome.ACCEPTED;
        awaitThat(() -> sendLong() == Outcome.ACCEPTED);
    }

    /** Every authorization of the strip stood still, for as long as the disk did. */
    @Test
    void shouldReadSocketsOnWhereTheDiskHangs() throws Exception {
        Journal journal = journal("w", 4_000_000_000L);
        rig(pipeToSink(), journal);
        CountDownLatch hangs = new CountDownLatch(1);
        receipts.onKept(() -> {});
        journal.start(strip -> {
            try {
                hangs.await(); // in the middle of a turn, as in an fsync
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        int sent = 0;
        while (sendLong() != Outcome.FULL) {
            assertThat(++sent).isLessThan(10_000);
        }
        awaitThat(() -> !sim.strip(0).pressured());
        awaitThat(() -> sendLong() == Outcome.STALLED);
        assertThat(sim.strip(0).pressured()).isFalse();
        assertThat(journal.shortage().cause()).isEqualTo(Shortage.Cause.NO_ANSWER);
        hangs.countDown();
        awaitThat(() -> sendLong() == Outcome.ACCEPTED);
        assertThat(journal.shortage()).isNull();
    }

    @Test
    void shouldOfferWhatTheNextDurableWireHasNoRoomForUntilItHas() throws Exception {
        shouldGoOnOfferingTo(JournalGate.STALLED);
    }

    @Test
    void shouldSetNothingAsideWhereTheNextDurableWireHasFailed() throws Exception {
        shouldGoOnOfferingTo(JournalGate.FAILED);
    }

    private void shouldGoOnOfferingTo(int state) throws Exception {
        Journal first = journal("first");
        WireRings second = new WireRings(1, 1 << 16);
        second.gate().state(state);
        rig(
                TestGears.plan(
                        List.of(
                                TestGears.gear("pipe", this::pipe),
                                TestGears.gear("middle", this::pipe),
                                TestGears.gear("sink", this::sink)),
                        durable(0, 1),
                        durable(1, 2)),
                first,
                second);
        start(first);
        send(1);
        awaitThat(() -> first.figures().redelivered() > 0);
        for (int i = 0; i < 50; i++) {
            sim.advance(2_000_000_000);
        }
        awaitThat(() -> first.figures().redelivered() > 50);
        assertThat(first.figures().setAside()).isZero();
        assertThat(first.figures().acknowledged()).isZero();
    }

    @Test
    void shouldNotAcknowledgeBeforeTheNextDurableWireHasIt() throws Exception {
        Journal first = journal("first");
        Journal second = journal("second");
        rig(
                TestGears.plan(
                        List.of(
                                TestGears.gear("pipe", this::pipe),
                                TestGears.gear("middle", this::pipe),
                                TestGears.gear("sink", this::sink)),
                        durable(0, 1),
                        durable(1, 2)),
                first,
                second);
        start(first);
        send(1);
        awaitThat(() -> receipts.sent() == 1);
        sim.advance(100_000_000);
        // the middle gear has passed it on, and only its memory knows
        assertThat(first.figures().acknowledged()).isZero();
        start(second);
        awaitThat(() -> first.figures().acknowledged() == 1 && second.figures().acknowledged() == 1);
        assertThat(seen).containsExactly(1L);
    }

    @Test
    void shouldNeedAJournalForEachDurableWire() {
        assertThatThrownBy(
                        () -> new StripBank(pipeToSink(), TestGears.settings(1), TestGears.NO_SPECS, new RackMetrics()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no journal");
    }
}
