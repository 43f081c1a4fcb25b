package io.fluxrig.iso.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The protocol headers that carry station ids and a length of their own: BASE I (VISA) and UnionPay.
 *
 * <pre>
 *  BASE I, 22 bytes
 *   0      1       2       3..4         5..7         8..10    11..21
 *   length format  text    total bytes  destination  source   control, flags, status, batch, reserved
 *   0x16   0x01    0x02    binary       6 digits BCD 6 digits zeros when written here
 *
 *  UnionPay, 46 bytes
 *   0      1        2..5          6..16        17..27   28..30    31     32..39  40    41..45
 *   length version  total bytes   destination  source   reserved  batch  info    user  reject code
 *   0x2E   0x82     4 ASCII digits  11 ASCII     11 ASCII zeros   0      zeros   0     "00000"
 * </pre>
 */
final class StationHeader {
    static final int VISA_LENGTH = 22;
    static final int UNIONPAY_LENGTH = 46;

    private static final int VISA_TOTAL = 3;
    private static final int VISA_DESTINATION = 5;
    private static final int VISA_SOURCE = 8;
    private static final int VISA_STATION_LENGTH = 3;

    private static final int UNIONPAY_TOTAL = 2;
    private static final int UNIONPAY_DESTINATION = 6;
    private static final int UNIONPAY_SOURCE = 17;
    private static final int UNIONPAY_STATION_LENGTH = 11;

    private StationHeader() {}

    /** Bytes of the header that the variant prescribes, 0 if it prescribes none. */
    static int fixedLength(Variant variant) {
        return switch (variant) {
            case VISA -> VISA_LENGTH;
            case UNIONPAY -> UNIONPAY_LENGTH;
            case GENERIC, MASTERCARD, HYPERCOM -> 0;
        };
    }

    /** The header as we send it when no request brought one; its total length is still zero. */
    static byte[] template(Framing framing) {
        byte[] configured = framing.protocolHeader();
        if (configured.length > 0) {
            return configured;
        }
        byte[] header = new byte[framing.protocolHeaderSize()];
        if (framing.variant() == Variant.VISA) {
            header[0] = VISA_LENGTH;
            header[1] = 1;
            header[2] = 2;
            bcd(framing.visaDstId(), header, VISA_DESTINATION);
            bcd(framing.visaSrcId(), header, VISA_SOURCE);
        } else if (framing.variant() == Variant.UNIONPAY) {
            Arrays.fill(header, UNIONPAY_DESTINATION, UNIONPAY_SOURCE + UNIONPAY_STATION_LENGTH, (byte) ' ');
            Arrays.fill(header, 32, 40, (byte) '0');
            Arrays.fill(header, 41, 46, (byte) '0');
            header[0] = UNIONPAY_LENGTH;
            header[1] = (byte) 0x82;
            header[40] = '0';
        }
        return header;
    }

    private static void bcd(String digits, byte[] dst, int offset) {
        byte[] ascii = digits.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < ascii.length; i += 2) {
            dst[offset + i / 2] = (byte) ((ascii[i] & 15) << 4 | ascii[i + 1] & 15);
        }
    }

    /** Length of the header that begins here, from its first byte; negative if it cannot be one. */
    static int length(Variant variant, int firstByte) {
        int least = fixedLength(variant);
        if (least == 0 || variant == Variant.UNIONPAY && firstByte != UNIONPAY_LENGTH || firstByte < least) {
            return FrameRefusal.BAD_HEADER;
        }
        return firstByte;
    }

    /** Whether the header's own total says the same as the frame. */
    static boolean totalAgrees(Variant variant, byte[] src, int offset, int total) {
        return switch (variant) {
            case VISA -> LengthEncoding.BINARY.read(src, offset + VISA_TOTAL, 2, false) == total;
            case UNIONPAY -> LengthEncoding.ASCII.read(src, offset + UNIONPAY_TOTAL, 4, false) == total;
            case GENERIC, MASTERCARD, HYPERCOM -> true;
        };
    }

    /** Writes the header's own total. */
    static void total(Variant variant, byte[] dst, int offset, int total) {
        switch (variant) {
            case VISA -> LengthEncoding.BINARY.write(total, dst, offset + VISA_TOTAL, 2, false);
            case UNIONPAY -> LengthEncoding.ASCII.write(total, dst, offset + UNIONPAY_TOTAL, 4, false);
            case GENERIC, MASTERCARD, HYPERCOM -> {}
        }
    }

    /** Turns a request's header into its answer's: destination and source change places. */
    static void swapStations(Variant variant, byte[] dst, int offset) {
        switch (variant) {
            case VISA -> swap(dst, offset + VISA_DESTINATION, offset + VISA_SOURCE, VISA_STATION_LENGTH);
            case UNIONPAY ->
                swap(dst, offset + UNIONPAY_DESTINATION, offset + UNIONPAY_SOURCE, UNIONPAY_STATION_LENGTH);
            case GENERIC, MASTERCARD, HYPERCOM -> {}
        }
    }

    /** Exchanges two slices of the same length. */
    static void swap(byte[] bytes, int first, int second, int length) {
        for (int i = 0; i < length; i++) {
            byte b = bytes[first + i];
            bytes[first + i] = bytes[second + i];
            bytes[second + i] = b;
        }
    }
}
