package io.fluxrig.jpos;

import io.fluxrig.iso.codec.CodecError;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;

/**
 * Makes an error of ours of what a packager threw. Its texts may quote a field's value, so nothing is taken from them but the two
 * numbers that jPOS itself puts at their ends.
 *
 * <pre>
 *   ... unpacking field=11, consumed=46      at the end of what ISOBasePackager throws: the DE, and where it begins
 *   error packing field 39                   all of it
 * </pre>
 */
final class JposRefusal {
    private static final Pattern UNPACKING = Pattern.compile("unpacking field=([0-9]{1,3}), consumed=([0-9]{1,6})$");
    private static final Pattern PACKING = Pattern.compile("^error packing field ([0-9]{1,3})$");
    private static final int FIELD_MAX = 192;

    private JposRefusal() {}

    /** A message that was not unpacked; {@code unpacked} holds what was, ahead of the fault, or is null if not even that was made. */
    static int unpacking(Throwable thrown, String packager, ISOMsg unpacked, int length, CodecError error) {
        String expected = "what " + packager + " unpacks; it threw " + names(thrown);
        Matcher told = UNPACKING.matcher(String.valueOf(thrown.getMessage()));
        if (told.find()) {
            int field = Integer.parseInt(told.group(1));
            int offset = Integer.parseInt(told.group(2));
            if (field <= FIELD_MAX && offset <= length) {
                return error.refuse(CodecError.CODE, field, offset, expected, 0, 0);
            }
        }
        return error.refuse(CodecError.CODE, next(unpacked), CodecError.NOWHERE, expected, 0, 0);
    }

    /** A message that was not packed. */
    static int packing(Throwable thrown, String packager, CodecError error) {
        Matcher told = PACKING.matcher(String.valueOf(thrown.getMessage()));
        int field = told.find() ? Integer.parseInt(told.group(1)) : CodecError.AT_MESSAGE;
        return error.refuse(
                CodecError.CODE,
                field <= FIELD_MAX ? field : CodecError.AT_MESSAGE,
                CodecError.NOWHERE,
                "what " + packager + " packs; it threw " + names(thrown),
                0,
                0);
    }

    /** The first field that the bitmap promises and the message lacks; the whole message if that does not tell. */
    private static int next(ISOMsg unpacked) {
        if (unpacked == null) {
            return CodecError.AT_MESSAGE;
        }
        if (!unpacked.hasField(0)) {
            return 0;
        }
        BitSet promised = promised(unpacked);
        for (int field = promised.nextSetBit(2); field >= 0; field = promised.nextSetBit(field + 1)) {
            if (field <= FIELD_MAX && !unpacked.hasField(field)) {
                return field;
            }
        }
        return CodecError.AT_MESSAGE;
    }

    private static BitSet promised(ISOMsg unpacked) {
        try {
            return unpacked.hasField(-1) && unpacked.getComponent(-1).getValue() instanceof BitSet bits
                    ? bits
                    : new BitSet();
        } catch (ISOException noValue) {
            return new BitSet();
        }
    }

    /** {@code ISOException of NumberFormatException}: what classes tell, without a text. */
    private static String names(Throwable thrown) {
        String own = thrown.getClass().getSimpleName();
        Throwable cause = thrown instanceof ISOException nesting ? nesting.getNested() : thrown.getCause();
        return cause == null || cause.equals(thrown)
                ? own
                : own + " of " + cause.getClass().getSimpleName();
    }
}
