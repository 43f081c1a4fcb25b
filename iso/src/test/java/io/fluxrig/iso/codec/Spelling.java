package io.fluxrig.iso.codec;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A message spelled out, to compare two by what they mean. */
final class Spelling implements FieldVisitor {

    private final StringBuilder spelled = new StringBuilder();

    static String of(IsoMessage message) {
        Spelling spelling = new Spelling();
        message.walk(spelling);
        return spelling.spelled.toString();
    }

    private void key(Key key) {
        byte[] text = new byte[8];
        spelled.append(new String(text, 0, key.copyTo(text, 0), StandardCharsets.US_ASCII));
    }

    @Override
    public void text(Key key, byte[] value, int offset, int length) {
        key(key);
        spelled.append('=')
                .append(new String(value, offset, length, StandardCharsets.ISO_8859_1))
                .append('\n');
    }

    @Override
    public void bytes(Key key, byte[] value, int offset, int length) {
        key(key);
        spelled.append('#')
                .append(HexFormat.of().formatHex(value, offset, offset + length))
                .append('\n');
    }

    @Override
    public void beginTree(Key key) {
        key(key);
        spelled.append("{\n");
    }

    @Override
    public void endTree() {
        spelled.append("}\n");
    }
}
