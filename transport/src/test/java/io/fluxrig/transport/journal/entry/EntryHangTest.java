package io.fluxrig.transport.journal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.Shortage;
import io.fluxrig.transport.entry.EntrySender;
import io.fluxrig.transport.journal.JournalRig;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.journal.thread.JournalThread;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a strip sees of the log while its thread is in the middle of a turn. */
class EntryHangTest {
    private static final byte[] KEY = JournalRig.key(7);

    @TempDir
    private Path folder;

    private long sent;
    private int looks;

    @Test
    void shouldRefuseNewTicketsAndNoEndsOfThoseThatAreOpen() throws Exception {
        VirtualClock clock = new VirtualClock();
        EntryLog log = EntryLog.open(
                JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE),
                KEY::clone,
                new SecureRandom(),
                clock,
                1,
                new LatencyRecorder());
        EntrySender sender = log.sender(0);
        byte[] record = new byte[10_000];
        JournalThread turns = log.prepare(strip -> {
            looks++;
            while (!sender.pressured()) {
                assertThat(sender.open(++sent, record, 0, record.length)).isEqualTo(EntrySender.SENT);
            }
            clock.advance(1_000_000_000 + 1);
            assertThat(sender.pressured()).as("or it would be held back").isFalse();
            assertThat(sender.open(sent + 1, record, 0, record.length)).isEqualTo(EntrySender.STALLED);
            assertThat(sender.add(1, record, 0, record.length)).isEqualTo(EntrySender.SENT);
            assertThat(sender.end(1)).isEqualTo(EntrySender.SENT);
            assertThat(log.takes()).isFalse();
            assertThat(log.shortage().cause()).isEqualTo(Shortage.Cause.NO_ANSWER);
            sender.wakeWhenKept(false);
        });
        sender.wakeWhenKept(true);
        sender.open(++sent, record, 0, record.length);
        turns.turn();
        assertThat(looks).isEqualTo(1);
        assertThat(log.takes()).isTrue();
        assertThat(log.shortage()).isNull();
        turns.turn();
        assertThat(sender.open(sent + 1, record, 0, record.length)).isEqualTo(EntrySender.SENT);
        log.close();
    }
}
