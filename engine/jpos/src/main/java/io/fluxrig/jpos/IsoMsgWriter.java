package io.fluxrig.jpos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fluxrig.iso.codec.CodecError;
import io.fluxrig.iso.codec.FieldVisitor;
import io.fluxrig.iso.codec.IsoMessage;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import org.jpos.iso.ISOBasePackager;
import org.jpos.iso.ISOBinaryField;
import org.jpos.iso.ISOComponent;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOField;
import org.jpos.iso.ISOFieldPackager;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.ISOMsgFieldPackager;
import org.jpos.iso.ISOPackager;
import org.jpos.iso.TaggedFieldPackager;
import org.jpos.tlv.ISOTaggedField;

/**
 * Brings a message of ours into one that a packager packs, each value as its field packager wants it: text for a field of bytes is
 * read as hex, bytes for a field of text are the text. A part goes to the place of its number where the packager has one, and is
 * a tag otherwise. Allocates; one thread.
 */
final class IsoMsgWriter implements FieldVisitor {
    private final CodecError error;
    private final Deque<Level> open = new ArrayDeque<>();
    private final byte[] key = new byte[8];
    private int field;
    private int outcome;

    /** A message that is being filled: the whole one, or one inside. */
    private static final class Level {
        final ISOMsg message;
        final ISOPackager packager;
        final String tag;
        int place;

        Level(ISOMsg message, ISOPackager packager, String tag) {
            this.message = message;
            this.packager = packager;
            this.tag = tag;
        }
    }

    /** @param error where a refusal is told */
    IsoMsgWriter(CodecError error) {
        this.error = error;
    }

    /**
     * Fills an empty message.
     *
     * @return 0, or why it was refused
     */
    int write(IsoMessage from, ISOMsg into, ISOPackager packager) {
        outcome = 0;
        open.clear();
        open.push(new Level(into, packager, null));
        if (from.mti() < 0) {
            return refuse(CodecError.MTI, 0, "");
        }
        from.walk(this);
        open.clear();
        return outcome;
    }

    @Override
    public void text(Key name, byte[] value, int offset, int length) {
        Slot slot = slot(name);
        if (slot == null) {
            return;
        }
        String text = new String(value, offset, length, ISO_8859_1);
        if (slot.wanted() == null || slot.wanted() instanceof ISOField || slot.wanted() instanceof ISOMsg) {
            put(slot, new ISOField(slot.place(), text));
        } else if (!(slot.wanted() instanceof ISOBinaryField)) {
            spelled(slot, text);
        } else if (length % 2 == 0 && text.matches("[0-9A-Fa-f]*")) {
            put(slot, new ISOBinaryField(slot.place(), HexFormat.of().parseHex(text)));
        } else {
            refuse(CodecError.KIND, field, "bytes, or text that spells them in hex");
        }
    }

    /** Has a component of another class, such as an amount with its currency, read what it gave as text when it was unpacked. */
    private void spelled(Slot slot, String text) {
        try {
            slot.wanted().setValue(text);
            put(slot, slot.wanted());
        } catch (ISOException | RuntimeException unread) {
            refuse(
                    CodecError.KIND,
                    field,
                    "text that " + slot.wanted().getClass().getSimpleName() + " reads");
        }
    }

    @Override
    public void bytes(Key name, byte[] value, int offset, int length) {
        Slot slot = slot(name);
        if (slot == null) {
            return;
        }
        boolean wantsText = slot.wanted() instanceof ISOField;
        put(
                slot,
                wantsText
                        ? new ISOField(slot.place(), new String(value, offset, length, ISO_8859_1))
                        : new ISOBinaryField(slot.place(), Arrays.copyOfRange(value, offset, offset + length)));
    }

    @Override
    public void beginTree(Key name) {
        Slot slot = slot(name);
        if (slot == null) {
            open.push(new Level(new ISOMsg(), null, null)); // what is refused is walked to its end
            return;
        }
        if (slot.wanted() != null && !(slot.wanted() instanceof ISOMsg)) {
            refuse(CodecError.KIND, field, "one value: its packager takes no parts");
        }
        open.push(new Level(new ISOMsg(slot.place()), slot.inside(), slot.tag()));
    }

    @Override
    public void endTree() {
        Level done = open.pop();
        if (outcome == 0) {
            set(done.tag == null ? done.message : new ISOTaggedField(done.tag, done.message));
        }
    }

    /**
     * Where a value goes.
     *
     * @param wanted an empty component of the kind that its packager packs; null if nobody knows
     * @param inside the packager of its parts; null if nobody knows
     * @param tag null where it goes by its place
     */
    private record Slot(int place, ISOComponent wanted, ISOPackager inside, String tag) {}

    /** Null where it is refused, or something was before. */
    private Slot slot(Key name) {
        if (outcome != 0) {
            return null;
        }
        Level level = open.element();
        if (name.field() >= 0) {
            field = name.field();
            return placed(level, field);
        }
        String text = new String(key, 0, name.copyKeyTo(key, 0), ISO_8859_1);
        int place = number(text);
        if (place >= 0 && isPlace(level.packager, place)) {
            if (name.count() > 1) {
                refuse(CodecError.TAG, field, "each part once");
                return null;
            }
            level.place = Math.max(level.place, place);
            return placed(level, place);
        }
        level.place++;
        return new Slot(level.place, null, level.packager, text);
    }

    private Slot placed(Level level, int place) {
        if (!(level.packager instanceof ISOBasePackager base)) {
            return new Slot(place, null, null, null);
        }
        ISOFieldPackager packager = base.getFieldPackager(place);
        if (packager == null) {
            refuse(CodecError.FIELD_UNDEFINED, field, "");
            return null;
        }
        ISOPackager inside = packager instanceof ISOMsgFieldPackager parts ? parts.getISOMsgPackager() : null;
        return new Slot(place, packager.createComponent(place), TlvGuard.bare(inside), null);
    }

    /** Whether a part of that number goes by it, and is no tag of digits. */
    private static boolean isPlace(ISOPackager packager, int place) {
        if (!(packager instanceof ISOBasePackager base)) {
            return true;
        }
        ISOFieldPackager part = base.getFieldPackager(place);
        return part != null && !(part instanceof TaggedFieldPackager);
    }

    /** The number that a key writes, -1 if it writes none or not as one writes it. */
    private static int number(String text) {
        return text.matches("0|[1-9][0-9]{0,2}") ? Integer.parseInt(text) : -1;
    }

    private void put(Slot slot, ISOComponent value) {
        set(slot.tag() == null ? value : new ISOTaggedField(slot.tag(), value));
    }

    private void set(ISOComponent component) {
        try {
            open.element().message.set(component);
        } catch (ISOException refused) {
            JposRefusal.packing(refused, "ISOMsg", error);
            outcome = error.code();
        }
    }

    private int refuse(int code, int at, String expected) {
        outcome = error.refuse(code, at, CodecError.NOWHERE, expected, 0, 0);
        return outcome;
    }
}
