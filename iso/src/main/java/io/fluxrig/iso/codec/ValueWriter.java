package io.fluxrig.iso.codec;

import java.util.Objects;

/**
 * Puts values that are set by hand into a message's arena and slots, and makes the trees that they stand in; what
 * {@link ValueView} is for reading. Copies what it is given.
 */
final class ValueWriter {

    private final IsoMessage message;
    private final Slots slots;
    private final Arena arena;

    ValueWriter(IsoMessage message) {
        this.message = message;
        this.slots = message.slots;
        this.arena = message.arena;
    }

    /** @param origin one of {@link Slots#SET_TEXT}, {@link Slots#SET_BYTES}, {@link Slots#SET_VALUE} */
    void store(int slot, int origin, byte[] src, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, src.length);
        int at = reserve(slot, origin, length);
        System.arraycopy(src, offset, arena.bytes, at, length);
    }

    void storeText(int slot, CharSequence value) {
        int at = reserve(slot, Slots.SET_TEXT, value.length());
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0xFF) {
                throw new IllegalArgumentException("character " + i + " is above 255");
            }
            arena.bytes[at + i] = (byte) value.charAt(i);
        }
    }

    /** @param number 0 to 9999 */
    void storeFourDigits(int slot, int number) {
        int at = reserve(slot, Slots.SET_TEXT, 4);
        int rest = number;
        for (int i = 3; i >= 0; i--) {
            arena.bytes[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Room for a value; one that was set before is written over where it fits. */
    private int reserve(int slot, int origin, int length) {
        int op = slots.get(slot, Slots.OP);
        boolean fits = op < 0 && op != Slots.SET_TREE && slots.get(slot, Slots.UNITS) >= length;
        int at = fits ? slots.get(slot, Slots.AT) : arena.append(length);
        slots.put(slot, Slots.OP, origin);
        slots.put(slot, Slots.AT, at);
        slots.put(slot, Slots.UNITS, length);
        slots.put(slot, Slots.CHILD, Slots.NIL);
        return at;
    }

    /** The slot of a value to be set, with the trees on the way to it. */
    int grow(FieldPath path) {
        boolean fresh = !message.has(path.field());
        int slot = message.slotToSet(path.field());
        if (path.depth() > 0 && (fresh || message.kindOf(slot) != IsoMessage.TREE)) {
            slots.put(slot, Slots.OP, Slots.SET_TREE);
            slots.put(slot, Slots.CHILD, Slots.NIL);
        }
        for (int i = 0; i < path.depth(); i++) {
            slot = child(slot, path.key(i), path.count(i), i + 1 < path.depth());
        }
        if (path.depth() > 0) {
            changed(slots.get(slot, Slots.PARENT));
        }
        return slot;
    }

    /** The part of that key and count; a new one behind all others if there are fewer. */
    private int child(int parent, long key, int count, boolean tree) {
        int child = slots.find(parent, key, count);
        if (child == Slots.NIL) {
            int last = slots.lastChild(parent);
            child = slots.add(key, parent);
            slots.link(parent, last, child);
            slots.put(child, Slots.OP, Slots.SET_TREE);
            slots.put(child, Slots.UNITS, 0);
        } else if (tree && message.kindOf(child) != IsoMessage.TREE) {
            slots.put(child, Slots.OP, Slots.SET_TREE);
            slots.put(child, Slots.CHILD, Slots.NIL);
        }
        return child;
    }

    /** Takes a part out of its tree. */
    void prune(int slot) {
        slots.unlink(slot);
        changed(slots.get(slot, Slots.PARENT));
    }

    /** From here up, bodies no longer are what came. */
    private void changed(int from) {
        for (int slot = from;
                slot != Slots.NIL;
                slot = slot < Slots.FIELDS ? Slots.NIL : slots.get(slot, Slots.PARENT)) {
            slots.put(slot, Slots.OP, Slots.SET_TREE);
        }
    }
}
