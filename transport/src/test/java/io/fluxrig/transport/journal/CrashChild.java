package io.fluxrig.transport.journal;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.JournalReceiver;
import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.msg.FluxMsg;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * A process with a journal that is meant to be killed. Sends ids that count up from the one given, takes and acknowledges what
 * comes, and says so on standard output, where a killed process cannot take it back: {@code D id} before a message is
 * acknowledged, {@code K id} once the promise holds for it. An {@code end} of 0 or more sends nothing, takes all there is and
 * says {@code END}.
 */
final class CrashChild {
    private static final int AT_ONCE = 16;

    private final PrintStream out =
            new PrintStream(new BufferedOutputStream(System.out, 1 << 13), false, StandardCharsets.US_ASCII);
    private final JournalSender sender;
    private final JournalReceiver receiver;
    private final Journal journal;
    private final FluxMsg message = new FluxMsg();
    private final byte[] raw = new byte[300];
    private long nextId;
    private long firstId;
    private long kept;

    private CrashChild(Journal journal, long firstId) {
        this.journal = journal;
        this.sender = journal.sender(0, new byte[journal.messageLengthMax()]);
        this.receiver = journal.receiver(0, 64);
        this.firstId = firstId;
        this.nextId = firstId;
    }

    public static void main(String[] args) throws Exception {
        JournalSettings settings = JournalRig.settings(Path.of(args[0]), SyncMode.of(args[1]), DamagePolicy.REFUSE);
        byte[] key = JournalRig.key(7);
        Journal journal =
                Journal.open(settings, key::clone, new SecureRandom(), Clock.system(), 1, new LatencyRecorder());
        CrashChild child = new CrashChild(journal, Long.parseLong(args[2]));
        journal.start(strip -> {});
        if (child.firstId < 0) {
            child.drain();
        } else {
            child.run();
        }
    }

    private void run() {
        out.println("READY");
        while (true) {
            for (int i = 0; i < AT_ONCE; i++) {
                message.clear();
                message.id(nextId);
                message.raw(raw, 0, 100 + (int) (nextId % 200));
                if (sender.send(message) != JournalSender.SENT) {
                    break;
                }
                nextId++;
            }
            sender.endBatch();
            take();
            if (sender.kept() > kept) {
                kept = sender.kept();
                out.println("K " + (firstId + kept - 1));
                out.flush();
            }
        }
    }

    private void drain() throws Exception {
        while (journal.figures().backlogRecords() > 0) {
            take();
            Thread.onSpinWait();
        }
        out.println("END");
        out.flush();
        journal.close();
    }

    private void take() {
        receiver.poll(System.nanoTime(), this::onMessage, AT_ONCE);
        out.flush();
        receiver.acknowledge(receiver.handled());
    }

    private int onMessage(boolean dataLeftOut, FluxMsg delivered) {
        out.println("D " + delivered.id());
        return JournalReceiver.TAKEN;
    }
}
