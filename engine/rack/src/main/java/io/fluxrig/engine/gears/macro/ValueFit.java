package io.fluxrig.engine.gears.macro;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.FieldMeaning;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.wire.DataElement;
import java.util.HexFormat;

/** Tells while a configuration is checked whether a value that is always the same can be written as its field. */
final class ValueFit {
    private static final int ANY_MTI = 100;

    private final Spec spec;
    private final IsoMessage message = new IsoMessage();
    private IsoCodec codec;
    private byte[] scratch;

    ValueFit(Spec spec) {
        this.spec = spec;
    }

    /**
     * What is wrong with a value, null if nothing. Values of parts are not tried: whether they can be written depends on
     * the parts beside them.
     *
     * @param hex whether the text spells the bytes of the field
     */
    String fault(FieldPath path, String text, boolean hex) {
        if (path.field() == 0) {
            return text.matches("[0-9]{4}") ? null : "is no message type of four digits";
        }
        if (hex && !text.matches("([0-9A-Fa-f]{2})*")) {
            return "is not the hex digits of whole bytes";
        }
        return path.depth() > 0 || spec.wire().fields().get(path.field()).composite() != null
                ? null
                : written(path, text, hex);
    }

    private String written(FieldPath path, String text, boolean hex) {
        if (codec == null) {
            codec = new IsoCodec(spec.wire());
            scratch = new byte[spec.wire().limits().messageBytesMax()];
        }
        message.clear();
        message.setMti(ANY_MTI);
        if (hex) {
            byte[] bytes = HexFormat.of().parseHex(text);
            message.setBytes(path, bytes, 0, bytes.length);
        } else {
            message.setAscii(path, text);
        }
        int length = codec.encode(message, scratch, 0);
        if (length < 0) {
            boolean own = codec.error().path().equals("DE " + path.field());
            return own
                    ? "does not fit the field in " + spec.id() + ", which takes "
                            + codec.error().expected()
                    : null;
        }
        return isCode(path) && !hex ? filled(path, text, length) : null;
    }

    /** A code that is filled up is another code: {@code 0} would be written as {@code 00}, approved. */
    private String filled(FieldPath path, String text, int length) {
        String written = codec.decode(scratch, 0, length, message) < 0 ? text : message.text(path);
        return written.equals(text)
                ? null
                : "does not fit the field in " + spec.id() + ", which fills it up to '" + written + "'";
    }

    private boolean isCode(FieldPath path) {
        FieldMeaning meaning = spec.meaning(path);
        return path.field() == DataElement.RESPONSE_CODE || meaning != null && meaning.values() != null;
    }
}
