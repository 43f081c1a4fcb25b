package io.fluxrig.transport.entry;

import java.util.Queue;

/** The way from a strip to whoever keeps entries that are shared. The strip's thread only. */
final class RingSharedSender implements SharedSender {
    static final int LOOKS = 4 << 2;
    static final int TAKES_OVER = 5 << 2;
    static final int KIND_MASK = 7 << 2;
    static final int NAME_SHIFT = 8;

    private static final byte[] NOTHING = {};

    private final RingEntrySender ring;
    private final Queue<SharedEntry> found;

    RingSharedSender(RingEntrySender ring, Queue<SharedEntry> found) {
        this.ring = ring;
        this.found = found;
    }

    @Override
    public int open(long id, byte[] bytes, int offset, int length) {
        return open(id, bytes, offset, length, length);
    }

    @Override
    public int open(long id, byte[] bytes, int offset, int length, int nameLength) {
        return nameLength > NAME_LENGTH_MAX
                ? TOO_LONG
                : ring.send(EntryRecord.OPENS | nameLength << NAME_SHIFT, id, bytes, offset, length);
    }

    @Override
    public int add(long id, byte[] bytes, int offset, int length) {
        return ring.add(id, bytes, offset, length);
    }

    @Override
    public int end(long id) {
        return ring.end(id);
    }

    @Override
    public int look(long id) {
        return ring.send(LOOKS, id, NOTHING, 0, 0);
    }

    @Override
    public int takeOver(long id) {
        return ring.send(TAKES_OVER, id, NOTHING, 0, 0);
    }

    @Override
    public SharedEntry nextFound() {
        return found.poll();
    }

    @Override
    public long sent() {
        return ring.sent();
    }

    @Override
    public long kept() {
        return ring.kept();
    }

    @Override
    public void wakeWhenKept(boolean wanted) {
        ring.wakeWhenKept(wanted);
    }

    @Override
    public void endBatch() {
        ring.endBatch();
    }

    @Override
    public boolean pressured() {
        return ring.pressured();
    }
}
