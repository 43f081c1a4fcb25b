package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.DiskWatch;
import io.fluxrig.transport.ends.JournalFeed;
import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.ends.Shortage;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.journal.thread.JournalThread;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What others see of a journal while its thread is in the middle of a turn, for as long as a test likes. */
class DiskHangTest {
    private static final byte[] KEY = JournalRig.key(7);

    @TempDir
    private Path folder;

    private long sent;
    private int looks;

    private JournalRig open(SyncMode sync) throws Exception {
        JournalRig rig = new JournalRig(JournalRig.settings(folder, sync, DamagePolicy.REFUSE), KEY, 1);
        rig.senders.get(0).wakeWhenKept(true);
        return rig;
    }

    private int fill(JournalSender sender) {
        int outcome = JournalSender.SENT;
        while (outcome == JournalSender.SENT) {
            outcome = sender.send(JournalRig.message(sent + 1, 20_000));
            sent += outcome == JournalSender.SENT ? 1 : 0;
        }
        return outcome;
    }

    @ParameterizedTest
    @EnumSource(SyncMode.class)
    void shouldHoldBackNobodyElseAndThenRefuseWhileADiskHangsAndGoOn(SyncMode sync) throws Exception {
        try (JournalRig rig = open(sync)) {
            JournalSender sender = rig.senders.get(0);
            long beganNs = rig.clock.epochNanos();
            rig.inTurn = () -> {
                rig.inTurn = () -> {};
                looks++;
                assertThat(fill(sender)).isEqualTo(JournalSender.FULL);
                assertThat(sender.pressured()).as("it may be a moment").isTrue();
                assertThat(sender.relieved()).isFalse();

                rig.clock.advance(DiskWatch.LATE_NS + 1);
                assertThat(sender.pressured()).as("other sockets are read").isFalse();
                assertThat(sender.relieved()).isTrue();
                assertThat(sender.isWorthAWait()).isFalse();
                assertThat(fill(sender)).isEqualTo(JournalSender.FULL);
                assertThat(rig.journal.shortage()).isNull();
                assertThat(rig.journal.takes()).isTrue();

                rig.clock.advance(JournalRig.SECOND_NS - DiskWatch.LATE_NS);
                assertThat(fill(sender)).isEqualTo(JournalSender.STALLED);
                assertThat(sender.pressured()).isFalse();
                assertThat(rig.journal.takes()).isFalse();
                Shortage shortage = rig.journal.shortage();
                assertThat(shortage.cause()).isEqualTo(Shortage.Cause.NO_ANSWER);
                assertThat(shortage.sinceEpochNs()).isBetween(beganNs, beganNs + 1);
            };
            assertThat(sender.send(JournalRig.message(++sent, 10))).isEqualTo(JournalSender.SENT);
            rig.turn();

            assertThat(looks).isEqualTo(1);
            assertThat(rig.journal.shortage()).isNull();
            assertThat(rig.journal.takes()).isTrue();
            rig.settle();
            assertThat(rig.delivered)
                    .isEqualTo(LongStream.rangeClosed(1, sent).boxed().toList());
            assertThat(sender.send(JournalRig.message(sent + 1, 10))).isEqualTo(JournalSender.SENT);
        }
    }

    /** Each step takes as long as it may, and all of them much longer than senders are held back. */
    @ParameterizedTest
    @EnumSource(SyncMode.class)
    void shouldNotCallADiskThatIsSlowOneThatHangs(SyncMode sync) throws Exception {
        try (JournalRig rig = open(sync)) {
            JournalSender sender = rig.senders.get(0);
            rig.inTurn = () -> {
                if (++looks > 40) {
                    return;
                }
                fill(sender);
                rig.clock.advance(DiskWatch.LATE_NS - 2);
                assertThat(sender.pressured()).as("all rest for a moment").isTrue();
                assertThat(fill(sender)).isEqualTo(JournalSender.FULL);
                assertThat(rig.journal.takes()).isTrue();
                assertThat(rig.journal.shortage()).isNull();
            };
            sender.send(JournalRig.message(++sent, 10));
            while (looks <= 40) {
                rig.turns.turn();
                rig.take();
            }
        }
    }

    /** The other racks of its group are to have what it would wait with. */
    @Test
    void shouldSayThatItTakesNothingForOtherRacks() throws Exception {
        VirtualClock clock = new VirtualClock();
        Journal journal = Journal.open(
                JournalRig.settings(folder),
                JournalKind.INCOMING,
                KEY::clone,
                new SecureRandom(),
                clock,
                1,
                new LatencyRecorder());
        JournalFeed feed = journal.feed();
        JournalThread turns = journal.prepare(strip -> {}, () -> {
            looks++;
            assertThat(feed.takes()).isTrue();
            clock.advance(DiskWatch.LATE_NS + 1);
            assertThat(feed.takes()).isFalse();
        });
        feed.offer(0, false, new byte[10], 0, 10);
        turns.turn();
        assertThat(looks).isEqualTo(1);
        assertThat(feed.takes()).isTrue();
        journal.close();
    }
}
