package io.fluxrig.iso.codec;

import java.util.Objects;

/**
 * One message: what a codec decoded, or what was set by hand. Reusable; a gear owns one and fills it again and again.
 *
 * <p>Field 0 is the MTI. A value is <em>canonical</em>: text in ISO-8859-1, raw bytes, or a tree of parts, the same
 * whatever the dialect wrote. Values are made canonical only when read.
 *
 * <p>Threading: owned by one strip. Ownership: holds its own copy of the bytes; {@link #wipe()} zeroes them. Allocates
 * only to grow, and keeps what it grew to.
 */
public final class IsoMessage {

    /** Returned for the length of a value that is not there. */
    public static final int ABSENT = -1;
    /** {@link #kind(int)} of a text value. */
    public static final int TEXT = 1;
    /** {@link #kind(int)} of a value of raw bytes. */
    public static final int BYTES = 2;
    /** {@link #kind(int)} of a composite. */
    public static final int TREE = 3;

    final Slots slots = new Slots();
    /** Which fields are there, came, and were touched. */
    final FieldBits fields = new FieldBits();

    /** The wire bytes, then the values set. */
    final Arena arena = new Arena();

    /** Whose ops the slots name, if anything was decoded. */
    FieldTable table;

    private boolean decoded;

    /** Bytes that were decoded, and where their first field began. */
    int wireLength;

    int wireFields;

    private boolean mtiPresent;
    private int mti;
    private boolean pristine;
    private final ValueView view = new ValueView();
    private final ValueWriter writer = new ValueWriter(this);
    private final MessageWalk walk = new MessageWalk(this, view);

    /** An empty message. */
    public IsoMessage() {
        clear();
    }

    /** Whether the field is there. */
    public boolean has(int field) {
        return field == 0 ? mtiPresent : fields.has(field);
    }

    /** Whether the value is there. */
    public boolean has(FieldPath path) {
        return slot(path) != Slots.NIL;
    }

    /** The next field present above {@code after} (0 is the MTI; begin with -1), or -1. */
    public int nextField(int after) {
        if (after < 0 && mtiPresent) {
            return 0;
        }
        return fields.next(Math.max(after, 0));
    }

    /** The MTI as a decimal number: {@code "0110"} is 110; {@link #ABSENT} if there is none of four digits. */
    public int mti() {
        return mti;
    }

    /** {@link #TEXT}, {@link #BYTES}, {@link #TREE}, or {@link #ABSENT}. */
    public int kind(int field) {
        return kindOf(slot(field));
    }

    /** As {@link #kind(int)}, of a value inside a field. */
    public int kind(FieldPath path) {
        return kindOf(slot(path));
    }

    int kindOf(int slot) {
        if (slot == Slots.NIL) {
            return ABSENT;
        }
        int op = slots.get(slot, Slots.OP);
        return switch (op) {
            case Slots.SET_TEXT, Slots.SET_VALUE -> TEXT;
            case Slots.SET_BYTES -> BYTES;
            case Slots.SET_TREE -> TREE;
            default -> kindOfHead(table.head(op));
        };
    }

    private static int kindOfHead(int head) {
        if (FieldTable.valueOp(head) == ValueOp.COMPOSITE) {
            return TREE;
        }
        return (head & FieldTable.BYTES) != 0 ? BYTES : TEXT;
    }

    /**
     * Length of the canonical value; {@link #ABSENT} if it is not there. Of a composite: bytes of its body as it came, 0 once
     * it was changed.
     */
    public int length(int field) {
        return view.length(this, slot(field));
    }

    /** As {@link #length(int)}, of a value inside a field. */
    public int length(FieldPath path) {
        return view.length(this, slot(path));
    }

    /** Copies the canonical value and returns its length, or {@link #ABSENT}. */
    public int copyTo(int field, byte[] dst, int dstOffset) {
        return view.copyTo(this, slot(field), dst, dstOffset, Integer.MAX_VALUE);
    }

    /** As {@link #copyTo(int, byte[], int)}, of a value inside a field. */
    public int copyTo(FieldPath path, byte[] dst, int dstOffset) {
        return view.copyTo(this, slot(path), dst, dstOffset, Integer.MAX_VALUE);
    }

    /** As {@link #copyTo(FieldPath, byte[], int)}, but copies nothing of a value longer than {@code lengthMax}. */
    public int copyTo(FieldPath path, byte[] dst, int dstOffset, int lengthMax) {
        return view.copyTo(this, slot(path), dst, dstOffset, lengthMax);
    }

    /** Whether the field is there and its canonical value is these bytes. */
    public boolean valueEquals(int field, byte[] literal) {
        return view.isEqual(this, slot(field), literal);
    }

    /** As {@link #valueEquals(int, byte[])}, of a value inside a field. */
    public boolean valueEquals(FieldPath path, byte[] literal) {
        return view.isEqual(this, slot(path), literal);
    }

    /** A 64-bit hash of the canonical value, the same whatever the dialect; a field that is not there mixes the seed. */
    public long hash(int field, long seed) {
        return view.hash(this, slot(field), seed);
    }

    /** As {@link #hash(int, long)}, of a value inside a field. */
    public long hash(FieldPath path, long seed) {
        return view.hash(this, slot(path), seed);
    }

    /**
     * A 64-bit hash of all fields but the MTI and those left out: of their bytes as they came if nothing was changed since, so
     * that it holds for one dialect, else of their canonical values.
     *
     * @param seed a secret one where strangers choose the fields
     */
    public long hashWithout(FieldSet leftOut, long seed) {
        return ContentHash.of(this, leftOut, seed);
    }

    long hashOf(int slot, long seed) {
        return view.hash(this, slot, seed);
    }

    /** The canonical text, for people, tests and configuration: allocates. Null if not there; hex for bytes and trees. */
    public String text(int field) {
        return view.text(this, slot(field));
    }

    /** As {@link #text(int)}, of a value inside a field. */
    public String text(FieldPath path) {
        return view.text(this, slot(path));
    }

    /**
     * Sets a field to a canonical value. Whether it is text or bytes is as the dialect says that this message was decoded
     * from, otherwise as the dialect that encodes it.
     */
    public void set(int field, byte[] src, int offset, int length) {
        writer.store(slotToSet(field), valueOrigin(field), src, offset, length);
        noteMti(field);
    }

    /** As {@link #set(int, byte[], int, int)}, of a value inside a field; trees on the way are made, leaves replaced. */
    public void set(FieldPath path, byte[] src, int offset, int length) {
        if (path.depth() == 0) {
            set(path.field(), src, offset, length);
        } else {
            writer.store(writer.grow(path), Slots.SET_VALUE, src, offset, length);
        }
    }

    private int valueOrigin(int field) {
        int head = decoded ? table.head(field) : FieldTable.UNDEFINED;
        return head != FieldTable.UNDEFINED && kindOfHead(head) != TEXT ? Slots.SET_BYTES : Slots.SET_VALUE;
    }

    /** Sets a field to raw bytes, whatever the dialect it came from says. */
    public void setBytes(int field, byte[] src, int offset, int length) {
        writer.store(slotToSet(field), Slots.SET_BYTES, src, offset, length);
        noteMti(field);
    }

    /** As {@link #setBytes(int, byte[], int, int)}, of a value inside a field. */
    public void setBytes(FieldPath path, byte[] src, int offset, int length) {
        writer.store(writer.grow(path), Slots.SET_BYTES, src, offset, length);
    }

    /** Sets a field to text of characters below 256; for a field of bytes, to the bytes that this hex spells. */
    public void setAscii(int field, CharSequence value) {
        writer.storeText(slotToSet(field), value);
        noteMti(field);
    }

    /** As {@link #setAscii(int, CharSequence)}, of a value inside a field. */
    public void setAscii(FieldPath path, CharSequence value) {
        writer.storeText(writer.grow(path), value);
        noteMti(path.depth() == 0 ? path.field() : -1);
    }

    /** Sets the MTI from its decimal number, 0 to 9999: 110 becomes {@code "0110"}. */
    public void setMti(int number) {
        Objects.checkIndex(number, 10_000);
        writer.storeFourDigits(slotToSet(0), number);
        mti = number;
    }

    /** Removes a field; does nothing if it is not there. */
    public void unset(int field) {
        if (!has(field)) {
            return;
        }
        touch(field);
        if (field == 0) {
            mtiPresent = false;
            mti = ABSENT;
        } else {
            fields.remove(field);
        }
    }

    /** Removes a value inside a field; does nothing if it is not there. */
    public void unset(FieldPath path) {
        if (path.depth() == 0) {
            unset(path.field());
            return;
        }
        int slot = slot(path);
        if (slot != Slots.NIL) {
            touch(path.field());
            writer.prune(slot);
        }
    }

    /** Copies everything from another message, its wire bytes and dialect too. */
    public void copyFrom(IsoMessage other) {
        clear();
        arena.copyFrom(other.arena);
        fields.copyFrom(other.fields);
        decoded = other.decoded;
        wireFields = other.wireFields;
        slots.copyFrom(other.slots);
        table = other.table;
        wireLength = other.wireLength;
        mtiPresent = other.mtiPresent;
        mti = other.mti;
        pristine = other.pristine;
    }

    /** Empties the message without touching its bytes; see {@link #wipe()}. */
    public void clear() {
        fields.clear();
        slots.clear();
        decoded = false;
        wireLength = 0;
        arena.clear();
        mtiPresent = false;
        mti = ABSENT;
        pristine = false;
    }

    /** Empties the message and zeroes every byte that it held since it was last wiped. */
    public void wipe() {
        clear();
        arena.wipe();
        view.wipe();
    }

    /** Whether nothing was set or unset since it was decoded: it equals its wire bytes. */
    public boolean pristine() {
        return pristine;
    }

    /** Shows every field in order to the visitor. */
    public void walk(FieldVisitor visitor) {
        walk.walk(visitor);
    }

    /** Whether this very dialect decoded the message: the same object, as comparing whole specs would cost a walk. */
    @SuppressWarnings("ReferenceEquality")
    boolean isFrom(FieldTable other) {
        return decoded && table.wire == other.wire;
    }

    /** Whose ops the slots name, or null if nothing was decoded. */
    FieldTable source() {
        return decoded ? table : null;
    }

    void decoded(FieldTable by, int length, int number, BitmapPlan walked) {
        if (table != by) { // a store of a reference costs more than this question
            table = by;
        }
        decoded = true;
        wireLength = length;
        mtiPresent = true;
        mti = number;
        pristine = true;
        fields.arrive(walked);
    }

    /** As {@link #decoded}, of the fields that could be read: it does not equal its wire bytes. */
    void decodedInPart(FieldTable by, int length, int number) {
        decoded(by, length, number, null);
        pristine = false;
    }

    int slot(int field) {
        if (!has(field)) {
            return Slots.NIL;
        }
        fill(field);
        return field;
    }

    /** Works out where a field in a run lies, once. */
    void fill(int field) {
        if (field != 0 && fields.takeUnfilled(field)) {
            fields.plan.fill(table, field, fields.bases, slots);
        }
    }

    /** The byte at which the first field that came behind this one begins, or where they all end. */
    int nextArrived(int field) {
        int next = fields.nextArrived(field);
        if (next < 0) {
            return wireLength;
        }
        fill(next);
        return slots.get(next, Slots.START);
    }

    private void touch(int field) {
        pristine = false;
        fill(field);
        if (field != 0) {
            fields.touch(field);
        }
    }

    int slot(FieldPath path) {
        int slot = slot(path.field());
        for (int i = 0; i < path.depth() && slot != Slots.NIL; i++) {
            slot = kindOf(slot) == TREE ? slots.find(slot, path.key(i), path.count(i)) : Slots.NIL;
        }
        return slot;
    }

    /** The slot of a field that is about to be set; the field is there from now on. */
    int slotToSet(int field) {
        touch(field);
        if (!has(field)) {
            slots.put(field, Slots.OP, Slots.SET_TREE);
            slots.put(field, Slots.UNITS, 0);
        }
        if (field == 0) {
            mtiPresent = true;
        } else {
            fields.add(field);
        }
        return field;
    }

    private void noteMti(int field) {
        if (field != 0) {
            return;
        }
        view.open(this, 0);
        mti = view.length == 4 ? 0 : ABSENT;
        for (int i = 0; i < 4 && mti != ABSENT; i++) {
            int digit = view.bytes[view.offset + i] - '0';
            mti = digit < 0 || digit > 9 ? ABSENT : 10 * mti + digit;
        }
    }
}
