package io.fluxrig.engine.gears.conductor;

import io.fluxrig.transport.entry.EntryEnds;
import io.fluxrig.transport.entry.EntrySender;
import io.fluxrig.transport.entry.OpenEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Stands for a log on a disk: what was kept is there after a kill, what is on its way is not. Keeps at once, or when it is told.
 */
public final class TicketDisk implements EntryEnds {
    private final Map<Long, OpenEntry> kept = new LinkedHashMap<>();
    private final List<Sender> senders = new ArrayList<>();
    private List<OpenEntry> found = List.of();
    private IntConsumer sent = strip -> {};
    private boolean atOnce = true;
    private int outcome = EntrySender.SENT;

    /** From now on nothing is kept before {@link #keep}. */
    public void holdBack() {
        atOnce = false;
    }

    /** Keeps what is on its way; strips see it in their next batch. */
    public void keep() {
        senders.forEach(Sender::keep);
    }

    /** Keeps what is on its way from one strip. */
    public void keep(int strip) {
        senders.get(strip).keep();
    }

    /** Is told of each strip's batch with records in it. */
    public void whenSent(IntConsumer told) {
        sent = told;
    }

    /** What it says to every record from now on: {@link EntrySender#SENT} or why it takes none. */
    public void says(int next) {
        outcome = next;
    }

    /** Entries open on the disk. */
    public int open() {
        return kept.size();
    }

    /** Leaves of each record only its first bytes, as if another version had written it. */
    void cutShort(int length) {
        kept.values().forEach(entry -> entry.records().replaceAll(record -> Arrays.copyOf(record, length)));
    }

    /** What the rack finds that is started after a kill of this one. */
    TicketDisk afterKill() {
        TicketDisk next = new TicketDisk();
        List<OpenEntry> copies = new ArrayList<>();
        kept.values().forEach(entry -> {
            copies.add(copy(entry));
            next.kept.put(entry.id(), copy(entry));
        });
        next.found = copies;
        return next;
    }

    private static OpenEntry copy(OpenEntry entry) {
        List<byte[]> records = new ArrayList<>();
        entry.records().forEach(record -> records.add(record.clone()));
        return new OpenEntry(entry.id(), records);
    }

    @Override
    public EntrySender sender(int strip) {
        Sender sender = new Sender(strip);
        senders.add(sender);
        return sender;
    }

    @Override
    public List<OpenEntry> takeOpen() {
        List<OpenEntry> taken = found;
        found = List.of();
        return taken;
    }

    private final class Sender implements EntrySender {
        private final Deque<Runnable> onTheWay = new ArrayDeque<>();
        private final int strip;
        private long sentCount;
        private long keptCount;

        private Sender(int strip) {
            this.strip = strip;
        }

        private int send(Runnable record) {
            if (outcome == SENT) {
                sentCount++;
                onTheWay.add(record);
                if (atOnce) {
                    keep();
                }
            }
            return outcome;
        }

        private void keep() {
            while (!onTheWay.isEmpty()) {
                onTheWay.remove().run();
                keptCount++;
            }
        }

        @Override
        public int open(long id, byte[] bytes, int offset, int length) {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            return send(() -> kept.put(id, new OpenEntry(id, new ArrayList<>(List.of(copy)))));
        }

        @Override
        public int add(long id, byte[] bytes, int offset, int length) {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            return send(() -> {
                if (kept.containsKey(id)) {
                    kept.get(id).records().add(copy);
                }
            });
        }

        @Override
        public int end(long id) {
            return send(() -> kept.remove(id));
        }

        @Override
        public long sent() {
            return sentCount;
        }

        @Override
        public long kept() {
            return keptCount;
        }

        @Override
        public void wakeWhenKept(boolean wanted) {
            // nobody's thread wakes anybody: the next batch sees it
        }

        @Override
        public void endBatch() {
            sent.accept(strip);
        }

        @Override
        public boolean pressured() {
            return false;
        }
    }
}
