package io.fluxrig.cli.spec;

import io.fluxrig.iso.codec.FieldVisitor;
import io.fluxrig.iso.codec.IsoMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/** Lists the values of a message by their paths, as text, those of bytes in upper-case hex. */
final class FieldRows implements FieldVisitor {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private final List<Row> rows = new ArrayList<>();
    private final Deque<String> trees = new ArrayDeque<>();
    private final Deque<Integer> rowsBefore = new ArrayDeque<>();

    private FieldRows() {}

    /**
     * One value.
     *
     * @param path {@code mti}, {@code 2}, {@code 55.9F02}, {@code 55.82#2} of the second under one tag
     */
    record Row(String path, String value) {}

    /** The values, MTI first; a composite without parts is one empty value. */
    static List<Row> of(IsoMessage message) {
        FieldRows rows = new FieldRows();
        message.walk(rows);
        return rows.rows;
    }

    private String path(Key key) {
        byte[] text = new byte[Key.LENGTH_MAX];
        String own = new String(text, 0, key.copyTo(text, 0), StandardCharsets.US_ASCII);
        return trees.isEmpty() ? own : trees.peek() + "." + own;
    }

    @Override
    public void text(Key key, byte[] value, int offset, int length) {
        rows.add(new Row(path(key), new String(value, offset, length, StandardCharsets.ISO_8859_1)));
    }

    @Override
    public void bytes(Key key, byte[] value, int offset, int length) {
        rows.add(new Row(path(key), HEX.formatHex(value, offset, offset + length)));
    }

    @Override
    public void beginTree(Key key) {
        trees.push(path(key));
        rowsBefore.push(rows.size());
    }

    @Override
    public void endTree() {
        String path = trees.pop();
        if (rowsBefore.pop() == rows.size()) {
            rows.add(new Row(path, ""));
        }
    }
}
