package io.fluxrig.engine.gears.conductor;

import io.fluxrig.transport.entry.SharedEnds;
import io.fluxrig.transport.entry.SharedEntry;
import io.fluxrig.transport.entry.SharedEntry.Verdict;
import io.fluxrig.transport.entry.SharedSender;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Stands for a bucket that racks share: answers at once, or when it is told. One thread. */
final class TicketBucket {
    private final Map<String, Value> values = new HashMap<>();
    /** Names of what came to nothing. */
    private final Set<String> ended = new HashSet<>();

    private final Deque<Runnable> unanswered = new ArrayDeque<>();
    private boolean atOnce = true;
    private boolean unknown;
    private boolean alone;
    private final List<Rack> racks = new ArrayList<>();
    private boolean full;
    private long sinceOwnNs;

    /** What stands there: whose, under which id, and its records. */
    private record Value(Rack rack, long id, List<byte[]> records) {}

    /** From now on nobody is told anything before {@link #answer}. */
    void holdBack() {
        atOnce = false;
    }

    void answer() {
        while (!unanswered.isEmpty()) {
            unanswered.remove().run();
        }
    }

    /** From now on it cannot tell whose anything is. */
    void tellsNothing(boolean nothing) {
        unknown = nothing;
    }

    /** From now on racks go on with whatever they open, and nothing of it comes here. */
    void leavesAlone(boolean now) {
        alone = now;
    }

    /** Every rack is told of what it went on with alone and another has here. */
    void tellAfterwards(long sinceNs) {
        racks.forEach(rack -> rack.strips.forEach(strip -> strip.tellAfterwards(sinceNs)));
    }

    /** How long before it is told that it was lost a request came that was a rack's own. */
    void losesAfter(long sinceNs) {
        sinceOwnNs = sinceNs;
    }

    /** From now on no record finds room. */
    void full(boolean now) {
        full = now;
    }

    int size() {
        return values.size();
    }

    /** As if everything had come to nothing on its rack, before it was sent. */
    void endAll() {
        ended.addAll(values.keySet());
        values.clear();
    }

    /** As if the bucket had been removed, and made again. */
    void forget() {
        values.clear();
        ended.clear();
    }

    /** Leaves of each record only its first bytes, as if another version had written it. */
    void cutShort(int length) {
        values.values().forEach(value -> value.records().replaceAll(record -> Arrays.copyOf(record, length)));
    }

    /** The ends of another rack. */
    Rack rack() {
        racks.add(new Rack());
        return racks.get(racks.size() - 1);
    }

    /** One rack's ends of it. */
    final class Rack implements SharedEnds {
        private final List<Sender> strips = new ArrayList<>();

        @Override
        public SharedSender sender(int strip) {
            Sender sender = new Sender(this);
            strips.add(sender);
            return sender;
        }
    }

    private final class Sender implements SharedSender {
        private final Rack rack;
        private final Map<Long, String> names = new HashMap<>();
        private final Map<Long, byte[]> opened = new HashMap<>();
        private final Deque<SharedEntry> found = new ArrayDeque<>();
        private final List<Long> wentAlone = new ArrayList<>();
        private long sentCount;
        private long keptCount;

        private Sender(Rack rack) {
            this.rack = rack;
        }

        private int send(Runnable record) {
            if (full) {
                return FULL;
            }
            sentCount++;
            unanswered.add(() -> {
                record.run();
                keptCount++;
            });
            if (atOnce) {
                answer();
            }
            return SENT;
        }

        @Override
        public int open(long id, byte[] bytes, int offset, int length, int nameLength) {
            names.put(id, HexFormat.of().formatHex(bytes, offset, offset + nameLength));
            opened.put(id, Arrays.copyOfRange(bytes, offset, offset + length));
            return send(() -> {
                if (unknown) {
                    found.add(SharedEntry.of(id, Verdict.UNKNOWN));
                } else if (alone) {
                    wentAlone.add(id);
                } else if (values.containsKey(names.get(id))) {
                    tell(id);
                } else {
                    write(id);
                }
            });
        }

        private void write(long id) {
            ended.remove(names.get(id));
            values.put(names.get(id), new Value(rack, id, new ArrayList<>(List.of(opened.get(id)))));
        }

        private void tell(long id) {
            boolean known = values.containsKey(names.get(id)) || ended.contains(names.get(id));
            found.add(new SharedEntry(id, known ? Verdict.FOUND : Verdict.UNREADABLE, records(id)));
        }

        private List<byte[]> records(long id) {
            Value there = values.get(names.get(id));
            List<byte[]> records = new ArrayList<>();
            if (there != null) {
                there.records().forEach(record -> records.add(record.clone()));
            }
            return records;
        }

        private void tellAfterwards(long sinceNs) {
            wentAlone.removeIf(id -> {
                boolean there = values.containsKey(names.get(id));
                if (there) {
                    found.add(new SharedEntry(id, Verdict.FOUND_AFTERWARDS, records(id), sinceNs));
                }
                return there;
            });
        }

        /** This rack's entry of that id, null for another's. */
        private Value own(long id) {
            Value there = values.get(names.get(id));
            return there != null && there.rack() == rack && there.id() == id ? there : null;
        }

        @Override
        public int open(long id, byte[] bytes, int offset, int length) {
            throw new UnsupportedOperationException("an entry has a name");
        }

        @Override
        public int add(long id, byte[] bytes, int offset, int length) {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            return send(() -> {
                if (own(id) != null) {
                    own(id).records().add(copy);
                } else if (!wentAlone.contains(id) && values.containsKey(names.get(id))) {
                    found.add(new SharedEntry(id, Verdict.FOUND_AFTERWARDS, records(id), sinceOwnNs));
                }
            });
        }

        @Override
        public int end(long id) {
            return send(() -> {
                if (own(id) != null && own(id).records().size() == 1) {
                    values.remove(names.get(id));
                    ended.add(names.get(id));
                }
            });
        }

        @Override
        public int look(long id) {
            return send(() -> tell(id));
        }

        @Override
        public int takeOver(long id) {
            return send(() -> write(id));
        }

        @Override
        public SharedEntry nextFound() {
            return found.poll();
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
            // the records are there already
        }

        @Override
        public boolean pressured() {
            return false;
        }
    }
}
