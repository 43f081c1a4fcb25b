package io.fluxrig.iso.codec;

/** Shows a message's values to a visitor in order. One for each message; not reentrant. */
final class MessageWalk implements FieldVisitor.Key {

    private static final long MTI = PartKey.of("mti");

    private final IsoMessage message;
    private final ValueView view;
    private final KeyCounts counts = new KeyCounts();
    private int field;
    private long key;
    private int count;

    MessageWalk(IsoMessage message, ValueView view) {
        this.message = message;
        this.view = view;
    }

    void walk(FieldVisitor visitor) {
        counts.clear();
        for (int number = message.nextField(-1); number >= 0; number = message.nextField(number)) {
            show(message.slot(number), number, number == 0 ? MTI : PartKey.ofNumber(number), 1, visitor);
        }
    }

    private void show(int slot, int newField, long newKey, int newCount, FieldVisitor visitor) {
        field = newField;
        key = newKey;
        count = newCount;
        int kind = message.kindOf(slot);
        if (kind == IsoMessage.TREE) {
            visitor.beginTree(this);
            Slots slots = message.slots;
            for (int child = slots.get(slot, Slots.CHILD); child != Slots.NIL; child = slots.get(child, Slots.NEXT)) {
                if (slots.keys[child] != 0) {
                    show(child, -1, slots.keys[child], counts.next(slot, slots.keys[child]), visitor);
                }
            }
            visitor.endTree();
        } else {
            view.open(message, slot);
            if (kind == IsoMessage.BYTES) {
                visitor.bytes(this, view.bytes, view.offset, view.length);
            } else {
                visitor.text(this, view.bytes, view.offset, view.length);
            }
        }
    }

    @Override
    public int field() {
        return field;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int length() {
        return PartKey.length(key) + (isCounted() ? 1 + digits() : 0);
    }

    @Override
    public int copyTo(byte[] dst, int dstOffset) {
        int length = PartKey.copyTo(key, dst, dstOffset);
        if (!isCounted()) {
            return length;
        }
        dst[dstOffset + length] = '#';
        int rest = count;
        for (int at = dstOffset + length + digits(); rest > 0; at--) {
            dst[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return length + 1 + digits();
    }

    @Override
    public int copyKeyTo(byte[] dst, int dstOffset) {
        return PartKey.copyTo(key, dst, dstOffset);
    }

    private boolean isCounted() {
        return count > 1 || PartKey.looksCounted(key);
    }

    private int digits() {
        return count < 10 ? 1 : count < 100 ? 2 : count < 1000 ? 3 : 4;
    }
}
