package io.fluxrig.engine.rack.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.journal.Journal;
import io.fluxrig.transport.journal.entry.EntryLog;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.msg.FluxMsg;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the log says of a journal that does not open. */
class RefusedJournalTest {
    @TempDir
    private Path folder;

    private final Logger log = (Logger) LoggerFactory.getLogger("io.fluxrig.transport.journal");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log.setLevel(Level.INFO);
        log.addAppender(lines);
    }

    @AfterEach
    void leave() {
        log.detachAppender(lines);
        log.setLevel(null);
    }

    private JournalSettings settings() {
        return new JournalSettings(
                folder,
                "east/decode.out->books.in",
                SyncMode.OS,
                JournalSettings.SEGMENT_BYTES_MIN,
                1_000_000_000_000L,
                8 * JournalSettings.SEGMENT_BYTES_MIN,
                0,
                0,
                1 << 16,
                1_000_000_000L,
                DamagePolicy.REFUSE);
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    private Journal journal(int key) throws JournalException {
        return Journal.open(settings(), () -> key(key), new SecureRandom(), Clock.system(), 1, new LatencyRecorder());
    }

    private EntryLog tickets(int key) throws JournalException {
        return EntryLog.open(settings(), () -> key(key), new SecureRandom(), Clock.system(), 1, new LatencyRecorder());
    }

    /** "0 messages wait in it", and who read that put another one in its place. */
    @Test
    void shouldSayOfNoJournalThatItIsEmptyWhichItHasNotRead() throws Exception {
        try (Journal journal = journal(1)) {
            FluxMsg message = new FluxMsg();
            message.id(1);
            assertThat(journal.sender(0, new byte[journal.messageLengthMax()]).send(message))
                    .isEqualTo(JournalSender.SENT);
            journal.start(strip -> {});
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains("journal east/decode.out->books.in is closed; 1 messages wait in it");
        lines.list.clear();

        assertThatThrownBy(() -> journal(2)).isInstanceOf(JournalException.class);

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("wait in it"));
    }

    @Test
    void shouldSayOfNoTicketsThatThereAreNoneWhichItHasNotRead() throws Exception {
        tickets(1).close();
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains("journal east/decode.out->books.in is closed; 0 entries are open in it");
        lines.list.clear();

        assertThatThrownBy(() -> tickets(2)).isInstanceOf(JournalException.class);

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("are open in it"));
    }
}
