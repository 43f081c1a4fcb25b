package io.fluxrig.transport.bus;

/**
 * A public key as NATS writes it: base 32 (RFC 4648, no padding) of a byte for what it is, the key, and a CRC-16 (XMODEM) of both,
 * the lower byte first.
 */
final class Nkey {
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int USER = 20 << 3;
    private static final int CRC_POLYNOMIAL = 0x1021;
    private static final int CRC_LENGTH = 2;

    private Nkey() {}

    static String ofUser(byte[] publicKey) {
        if (publicKey.length != BusLogin.KEY_LENGTH) {
            throw new IllegalArgumentException("length=" + publicKey.length + " must be " + BusLogin.KEY_LENGTH);
        }
        byte[] raw = new byte[1 + publicKey.length + CRC_LENGTH];
        raw[0] = (byte) USER;
        System.arraycopy(publicKey, 0, raw, 1, publicKey.length);
        int crc = crc(raw, 1 + publicKey.length);
        raw[raw.length - 2] = (byte) crc;
        raw[raw.length - 1] = (byte) (crc >>> 8);
        return base32(raw);
    }

    private static int crc(byte[] bytes, int length) {
        int crc = 0;
        for (int i = 0; i < length; i++) {
            crc ^= (bytes[i] & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ CRC_POLYNOMIAL;
            }
        }
        return crc & 0xffff;
    }

    private static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 8 / 5 + 1);
        int held = 0;
        int bits = 0;
        for (byte each : bytes) {
            held = held << 8 | each & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(DIGITS.charAt(held >>> bits & 31));
            }
            held &= (1 << bits) - 1;
        }
        if (bits > 0) {
            text.append(DIGITS.charAt(held << 5 - bits & 31));
        }
        return text.toString();
    }
}
