package io.fluxrig.iso.codec;

import io.fluxrig.iso.encoding.Characters;
import io.fluxrig.iso.prefix.LengthPrefix;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.Padding;
import io.fluxrig.iso.wire.TagSpec;
import io.fluxrig.iso.wire.UnknownTags;
import io.fluxrig.perf.buffer.Bytes;

/**
 * A compiled composite: its parts in order, a table from key to part, how tags and bitmaps are written. Immutable.
 */
final class CompositeOps {

    final Composite.Layout layout;
    /** Ops of the parts in the spec's order; of a bitmapped one by bit number, 0 where there is none. */
    final int[] parts;

    final long[] keys;
    final UnknownTags unknownTags;
    /** Op that reads an unknown part's length and bytes, or -1. */
    final int unknownOp;
    /** Op of one group of a repeated composite, or -1. */
    final int groupOp;

    final int groupsMax;
    final BitmapOps bitmap;
    final TagSpec tag;
    final int tagOp;
    final int tagBytes;
    final int tagUnits;
    /** How the length ahead of a tag is written. */
    final int leadOp;

    final int leadBytes;

    /** Ops of the parts ahead of the tags or the bitmap, by position, and their keys. */
    final int[] leadParts;

    final long[] leadKeys;

    /** Whether the parts ahead are there only where the first character is of the first one's class. */
    final boolean leadOptional;

    private final long[] slotKeys;
    private final int[] slotParts;

    CompositeOps(
            Composite spec, int[] parts, long[] keys, int unknownOp, int groupOp, int[] leadParts, long[] leadKeys) {
        this.leadParts = leadParts;
        this.leadKeys = leadKeys;
        this.leadOptional = spec.leadOptional();
        this.layout = spec.layout();
        this.parts = parts;
        this.keys = keys;
        this.unknownTags = spec.unknownTags();
        this.unknownOp = unknownOp;
        this.groupOp = groupOp;
        this.groupsMax = spec.repeatMax();
        this.bitmap = spec.bitmap() == null ? null : new BitmapOps(spec.bitmap());
        this.tag = spec.tag();
        this.tagOp = tag == null ? 0 : tagOp(tag.enc());
        this.tagUnits = tag == null ? 0 : rawTag(tag.enc()) ? 2 * tag.length() : tag.length();
        this.tagBytes = tag == null ? 0 : ValueOp.bytes(tagOp, tagUnits);
        boolean leads = tag != null && tag.lengthFirst();
        this.leadOp = leads ? LengthPrefix.op(spec.unknownPrefix()) : LengthPrefix.FIXED;
        this.leadBytes = leads ? LengthPrefix.bytes(spec.unknownPrefix()) : 0;
        int size = Integer.highestOneBit(Math.max(1, keys.length) * 4 - 1);
        this.slotKeys = new long[size];
        this.slotParts = new int[size];
        for (int i = 0; i < keys.length; i++) {
            insert(keys[i], i);
        }
    }

    private static int tagOp(Encoding enc) {
        return switch (enc) {
            case ASCII -> ValueOp.LATIN;
            case EBCDIC -> ValueOp.CP037;
            case EBCDIC1047 -> ValueOp.CP1047;
            case BCD, BCD_F -> ValueOp.BCD;
            case LBCD, LBCD_F -> ValueOp.LBCD;
            case BINARY, HEX_TO_BYTES, BER_TLV_TAG -> ValueOp.HEX_TO_BYTES;
            default -> throw new IllegalArgumentException("a tag cannot be written in " + enc);
        };
    }

    /** Whether a key is the hex text of the tag's bytes. */
    static boolean rawTag(Encoding enc) {
        return enc == Encoding.BINARY || enc == Encoding.HEX_TO_BYTES || enc == Encoding.BER_TLV_TAG;
    }

    /** Whether a part stands ahead of the tags or the bitmap. */
    boolean leads(long key) {
        for (long each : leadKeys) {
            if (each == key) {
                return true;
            }
        }
        return false;
    }

    boolean padsTags() {
        return tag.padding().side() != Padding.Side.NONE;
    }

    boolean padsTagsLeft() {
        return tag.padding().side() == Padding.Side.LEFT;
    }

    /** Whether a tag's text can be written: decimal digits for BCD, an even count of hex digits for raw tags. */
    boolean writesTag(byte[] text, int units) {
        boolean raw = rawTag(tag.enc());
        CharClass chars =
                raw ? CharClass.HEX : tagOp == ValueOp.BCD || tagOp == ValueOp.LBCD ? CharClass.N : CharClass.ANY;
        return (!raw || (units & 1) == 0) && Characters.LATIN.firstOutside(text, 0, units, Characters.bit(chars)) < 0;
    }

    /** Index of a part among {@link #parts}, or -1. */
    int indexOf(long key) {
        int mask = slotKeys.length - 1;
        for (int slot = slot(key); slotKeys[slot] != 0; slot = slot + 1 & mask) {
            if (slotKeys[slot] == key) {
                return slotParts[slot];
            }
        }
        return -1;
    }

    private void insert(long key, int index) {
        int mask = slotKeys.length - 1;
        int slot = slot(key);
        while (slotKeys[slot] != 0) {
            slot = slot + 1 & mask;
        }
        slotKeys[slot] = key;
        slotParts[slot] = index;
    }

    private int slot(long key) {
        return (int) Bytes.mix64(key) & slotKeys.length - 1;
    }
}
