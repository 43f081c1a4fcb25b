package io.fluxrig.iso.codec;

/** Shows a message's values to a visitor in order. One for each message; not reentrant. */
final class MessageWalk implements FieldVisitor.Key {

    private static final long MTI = PartKey.of("mti");

    private final IsoMessage message;
    private final ValueView view;
    private int field;
    private long key;

    MessageWalk(IsoMessage message, ValueView view) {
        this.message = message;
        this.view = view;
    }

    void walk(FieldVisitor visitor) {
        for (int number = message.nextField(-1); number >= 0; number = message.nextField(number)) {
            show(message.slot(number), number, number == 0 ? MTI : PartKey.ofNumber(number), visitor);
        }
    }

    private void show(int slot, int newField, long newKey, FieldVisitor visitor) {
        field = newField;
        key = newKey;
        int kind = message.kindOf(slot);
        if (kind == IsoMessage.TREE) {
            visitor.beginTree(this);
            Slots slots = message.slots;
            for (int child = slots.get(slot, Slots.CHILD); child != Slots.NIL; child = slots.get(child, Slots.NEXT)) {
                if (slots.keys[child] != 0) {
                    show(child, -1, slots.keys[child], visitor);
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
    public int length() {
        return PartKey.length(key);
    }

    @Override
    public int copyTo(byte[] dst, int dstOffset) {
        return PartKey.copyTo(key, dst, dstOffset);
    }
}
