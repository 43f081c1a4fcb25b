package io.fluxrig.bench.transport;

import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.ends.JournalReceiver;
import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.journal.Journal;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.msg.FluxMsg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A journal in a folder of its own with one strip's two ends, as the rack makes it. */
final class LaneUnderTest implements JournalReceiver.Handler, AutoCloseable {
    private static final int POLL_MAX = 1024;

    final Journal journal;
    private final Path folder;
    private final JournalSender sender;
    private final JournalReceiver receiver;
    private final IsoPayload payload = new IsoPayload();
    private long received;

    LaneUnderTest(SyncMode sync) {
        try {
            folder = Files.createTempDirectory("durable-lane");
            journal = Journal.open(
                    settings(folder, sync),
                    () -> new byte[32],
                    new SecureRandom(),
                    Clock.system(),
                    1,
                    new LatencyRecorder());
        } catch (IOException | JournalException e) {
            throw new IllegalStateException(e);
        }
        sender = journal.sender(0, new byte[journal.messageLengthMax()]);
        receiver = journal.receiver(0, 64);
        journal.start(strip -> {});
    }

    private static JournalSettings settings(Path folder, SyncMode sync) {
        return new JournalSettings(
                folder,
                "bench",
                sync,
                64L << 20,
                600_000_000_000L,
                1L << 30,
                0,
                64L << 20,
                1 << 20,
                5_000_000_000L,
                DamagePolicy.REFUSE);
    }

    boolean send(FluxMsg message) {
        return sender.send(message) == JournalSender.SENT;
    }

    /** What the strip does at the end of a batch. */
    void endBatch() {
        sender.endBatch();
        receiver.poll(0, this, POLL_MAX);
        receiver.acknowledge(receiver.handled());
    }

    long received() {
        return received;
    }

    long kept() {
        return sender.kept();
    }

    @Override
    public int onMessage(boolean dataLeftOut, FluxMsg message) {
        if (message.rawLength() == 0) {
            throw new IllegalStateException("a message lost its bytes");
        }
        received++;
        payload.wipe();
        return JournalReceiver.TAKEN;
    }

    @Override
    public void onData(CborReader in) {
        payload.readFrom(in);
    }

    @Override
    public void close() throws IOException {
        journal.close();
        delete(folder);
    }

    static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walked = Files.walk(folder)) {
            all = walked.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            try {
                Files.deleteIfExists(each);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
