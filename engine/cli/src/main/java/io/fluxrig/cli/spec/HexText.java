package io.fluxrig.cli.spec;

/**
 * A message written in hexadecimal, with spaces wherever they help the reader.
 *
 * @param bytes what it spells; null if it is not hex
 * @param badAt index of the first byte that is not spelled by two hex digits, -1 if all are
 */
@SuppressWarnings("ArrayRecordComponent")
record HexText(byte[] bytes, int badAt) {
    static HexText of(String text) {
        String digits = text.replaceAll("\\s", "");
        int pairs = digits.length() / 2;
        byte[] bytes = new byte[pairs];
        for (int i = 0; i < pairs; i++) {
            int high = Character.digit(digits.charAt(2 * i), 16);
            int low = Character.digit(digits.charAt(2 * i + 1), 16);
            if (high < 0 || low < 0) {
                return new HexText(null, i);
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return digits.length() % 2 == 0 ? new HexText(bytes, -1) : new HexText(null, pairs);
    }
}
