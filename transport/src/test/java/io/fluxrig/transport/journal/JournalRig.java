package io.fluxrig.transport.journal;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.JournalReceiver;
import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.KeySource;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.journal.thread.JournalThread;
import io.fluxrig.transport.msg.FluxMsg;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A journal whose turns the test takes, with a sender and a receiver on each of its strips. */
public final class JournalRig implements AutoCloseable {
    static final long SECOND_NS = 1_000_000_000L;
    static final int SEGMENT_BYTES = 2 << 20;

    final VirtualClock clock = new VirtualClock();
    final Journal journal;
    final List<JournalSender> senders = new ArrayList<>();
    final List<JournalReceiver> receivers = new ArrayList<>();
    final List<Long> delivered = new ArrayList<>();
    final JournalThread turns;
    int answer = JournalReceiver.TAKEN;
    /** Called in the middle of a turn that has written something, where a sender wants to know. */
    Runnable inTurn = () -> {};

    JournalRig(JournalSettings settings, byte[] key, int strips) throws JournalException {
        this(settings, key::clone, strips);
    }

    JournalRig(JournalSettings settings, KeySource keys, int strips) throws JournalException {
        journal = Journal.open(settings, keys, new SecureRandom(), clock, strips, new LatencyRecorder());
        for (int strip = 0; strip < strips; strip++) {
            senders.add(journal.sender(strip, new byte[journal.messageLengthMax()]));
            receivers.add(journal.receiver(strip, 64));
        }
        turns = journal.prepare(strip -> inTurn.run(), () -> {});
    }

    public static JournalSettings settings(Path folder, SyncMode sync, DamagePolicy onDamage) {
        return new JournalSettings(
                folder,
                "rack/decode.out-audit.in",
                sync,
                SEGMENT_BYTES,
                3600 * SECOND_NS,
                64L * SEGMENT_BYTES,
                0,
                0,
                1 << 20,
                SECOND_NS,
                onDamage);
    }

    /** Of a journal at one end of a wire between racks. */
    public static JournalSettings settings(Path folder) {
        JournalSettings usual = settings(folder, SyncMode.OS, DamagePolicy.REFUSE);
        return new JournalSettings(
                folder,
                usual.identity(),
                usual.sync(),
                usual.segmentBytes(),
                usual.segmentAgeNs(),
                usual.backlogBytes(),
                0,
                0,
                JournalKind.RING_BYTES_MAX,
                usual.stallNs(),
                usual.onDamage());
    }

    public static byte[] key(int fill) {
        byte[] key = new byte[KeySource.KEY_LENGTH];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    static FluxMsg message(long id, int rawLength) {
        FluxMsg message = new FluxMsg();
        message.id(id);
        byte[] raw = new byte[rawLength];
        Arrays.fill(raw, (byte) id);
        message.raw(raw, 0, rawLength);
        return message;
    }

    /** Sends messages of 100 bytes with these ids, on strip 0. */
    void send(long from, long to) {
        for (long id = from; id <= to; id++) {
            int sent = senders.get(0).send(message(id, 100));
            if (sent != JournalSender.SENT) {
                throw new IllegalStateException("id=" + id + " outcome=" + sent);
            }
        }
    }

    /** Turns until there is nothing to do. */
    void turn() throws IOException, JournalException {
        int most = 10_000;
        while (turns.turn() && most-- > 0) {
            // again
        }
    }

    /** Takes what waits on every strip and acknowledges it. */
    void take() {
        for (JournalReceiver receiver : receivers) {
            receiver.poll(clock.nanoTime(), this::onMessage, 1 << 20);
            receiver.acknowledge(receiver.handled());
        }
    }

    /** Takes so many on strip 0 and acknowledges none. */
    void takeUnacknowledged(int count) {
        receivers.get(0).poll(clock.nanoTime(), (left, message) -> JournalReceiver.TAKEN, count);
    }

    /** Refuses the next message as often as it takes to have it set aside. */
    void refuseTooOften() {
        answer = JournalReceiver.REFUSED;
        for (int attempt = 0; attempt < JournalReceiver.REFUSALS_MAX; attempt++) {
            take();
            clock.advance(JournalReceiver.BACK_OFF_MAX_NS);
        }
    }

    /** Turn and take until nothing is left. */
    void settle() throws IOException, JournalException {
        for (int i = 0; i < 50; i++) {
            turn();
            take();
        }
        turn();
    }

    void settleOnce() throws IOException, JournalException {
        turn();
        take();
        turn();
    }

    private int onMessage(boolean dataLeftOut, FluxMsg message) {
        delivered.add(message.id());
        return answer;
    }

    /** Ends as a rack does that is stopped: what was sent and acknowledged is written first. */
    @Override
    public void close() throws IOException, JournalException {
        turn();
        journal.close();
    }
}
