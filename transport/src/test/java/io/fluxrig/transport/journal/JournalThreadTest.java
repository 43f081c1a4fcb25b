package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.SyncMode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal's own thread, which a test stops or breaks where it wakes a strip. */
class JournalThreadTest {
    private static final byte[] KEY = JournalRig.key(7);
    private static final Duration WAIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Journal open() throws JournalException {
        return Journal.open(
                JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE),
                KEY::clone,
                new SecureRandom(),
                Clock.system(),
                1,
                new LatencyRecorder());
    }

    private static void carryOne(Journal journal, IntConsumer wakeStrip) {
        JournalSender sender = journal.sender(0, new byte[journal.messageLengthMax()]);
        journal.start(wakeStrip);
        assertThat(sender.send(JournalRig.message(1, 1))).isEqualTo(JournalSender.SENT);
    }

    @Test
    void shouldTakeNothingMoreOnceItsThreadEndedInAnError() throws Exception {
        try (Journal journal = open()) {
            carryOne(journal, strip -> {
                throw new NoClassDefFoundError("as a test wants it");
            });
            await().atMost(WAIT).until(() -> !journal.takes());
        }
    }

    @Test
    void shouldLeaveFilesOpenUnderAThreadThatHangsUntilItEnds() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch hangs = new CountDownLatch(1);
        Journal journal = open();
        carryOne(journal, strip -> {
            reached.countDown();
            awaitQuietly(hangs);
        });
        assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
        journal.close(1);
        assertThat(journal.takes()).isFalse();
        assertThatThrownBy(this::open).isInstanceOf(JournalException.class).hasMessageContaining("is in use");
        hangs.countDown();
        await().atMost(WAIT).ignoreExceptionsInstanceOf(JournalException.class).untilAsserted(() -> open().close());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
