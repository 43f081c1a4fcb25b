package io.fluxrig.iso.packager;

import java.util.Map;

/**
 * How a packager tells which fields or parts are there.
 *
 * @param node the bitmap in words of the wire layer
 * @param field number of the field that describes it, -1 if none does
 * @param bytes its greatest length
 * @param third number of the field in whose place the third bitmap stands; 65 if that follows the second; else -1
 */
record Bitmaps(WireNode node, int field, int bytes, int third) {

    /** The bitmap of a message, or null with a fault among the findings. */
    static Bitmaps ofMessage(PackagerElement root, Map<Integer, PackagerElement> fields, Findings findings) {
        if (!root.flag("emitBitmap", true)) {
            findings.fault(
                    "",
                    root.line(),
                    "emitBitmap=\"false\": a message without a bitmap",
                    "the codec needs one; take such messages apart with another gear");
            return null;
        }
        int number = root.number("bitmapField", 1);
        PackagerElement element = fields.get(number);
        if (element == null || !isBitmap(element)) {
            return ansiX92(root, findings);
        }
        int length = element.number("length", 0);
        int third = root.number("thirdBitmapField", -1);
        if (length < 8 || third > 0 && third != 65) {
            findings.fault(
                    "1",
                    element.line(),
                    "a bitmap of length=" + length + " with thirdBitmapField=" + third,
                    "a message has a bitmap of 8 bytes or more, and its third in field 65");
            return null;
        }
        WireNode node = node(element, length);
        if (third == 65) {
            return new Bitmaps(node.with("tertiary", "field65"), number, 24, third);
        }
        if (length >= 24) {
            return new Bitmaps(node.with("tertiary", "contiguous"), number, 24, 65);
        }
        return length >= 16
                ? new Bitmaps(node, number, 16, -1)
                : new Bitmaps(node.with("disableautoexpand", "true"), number, 8, -1);
    }

    private static Bitmaps ansiX92(PackagerElement root, Findings findings) {
        findings.changed(
                "1",
                root.line(),
                "no field describes the bitmap",
                "64 bits in ASCII hex, as X92GenericPackager has them; GenericPackager cannot use this file");
        WireNode node = new WireNode(root.line()).with("type", "Bitmap").with("length", "8");
        node.with("enc", "BytesToASCIIHex").with("prefix", "ASCII.Fixed").with("disableautoexpand", "true");
        return new Bitmaps(node, -1, 8, -1);
    }

    /** The bitmap ahead of parts. */
    static Bitmaps ofParts(PackagerElement element, int number) {
        int length = element.number("length", 0);
        boolean alone = element.attribute("class", "").endsWith("BITMAP126") || length < 16;
        int bytes = alone ? Math.max(1, Math.min(length, 8)) : 16;
        WireNode node = node(element, alone ? bytes : 8);
        return new Bitmaps(alone ? node.with("disableautoexpand", "true") : node, number, bytes, -1);
    }

    private static WireNode node(PackagerElement element, int length) {
        String name = FieldTranslation.className(element);
        WireNode node = new WireNode(element.line()).with("type", "Bitmap").with("length", Integer.toString(length));
        if (name.startsWith("IFA")) {
            return node.with("enc", "BytesToASCIIHex").with("prefix", "ASCII.Fixed");
        }
        return name.startsWith("IFE")
                ? node.with("enc", "BytesToEBCDICHex").with("prefix", "EBCDIC1047.Fixed")
                : node.with("enc", "Binary").with("prefix", "Binary.Fixed");
    }

    static boolean isBitmap(PackagerElement element) {
        String name = FieldTranslation.className(element);
        return name.matches("IF[ABE]_BITMAP|packager\\.Base1_BITMAP126");
    }

    /** Whether the bitmap stands in a field's place, so that it is no field. */
    boolean takes(int number) {
        return number == field || number == 65 && third == 65;
    }

    /** The last field that it tells of. */
    int last() {
        return 8 * bytes;
    }
}
