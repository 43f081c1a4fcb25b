package io.fluxrig.transport.cbor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 8949, appendix A, and what deterministic encoding adds. */
class CborWriterTest {
    private final byte[] dst = new byte[1 << 17];
    private final CborWriter out = new CborWriter();

    private String written(Consumer<CborWriter> writing) {
        writing.accept(out.on(dst, 3, dst.length));
        assertThat(out.result()).isNotNegative();
        return Hex.text(dst, 3, out.result());
    }

    private int fault(int room, Consumer<CborWriter> writing) {
        dst[room] = 99;
        writing.accept(out.on(dst, 0, room));
        assertThat(dst[room]).isEqualTo((byte) 99);
        return out.result();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "23, 17",
        "24, 1818",
        "255, 18ff",
        "256, 190100",
        "65535, 19ffff",
        "65536, 1a00010000",
        "4294967295, 1affffffff",
        "4294967296, 1b0000000100000000",
        "9223372036854775807, 1b7fffffffffffffff",
        "-1, 20",
        "-24, 37",
        "-25, 3818",
        "-256, 38ff",
        "-257, 390100",
        "-9223372036854775808, 3b7fffffffffffffff"
    })
    void shouldWriteIntegersInTheShortestForm(long value, String hex) {
        assertThat(written(to -> to.integer(value))).isEqualTo(hex);
    }

    @Test
    void shouldTakeANegativeUintAsTheUpperHalfOf64Bits() {
        assertThat(written(to -> to.uint(-1))).isEqualTo("1bffffffffffffffff");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, f90000",
        "-0.0, f98000",
        "1.0, f93c00",
        "1.1, fb3ff199999999999a",
        "1.5, f93e00",
        "65504.0, f97bff",
        "100000.0, fa47c35000",
        "3.4028234663852886e+38, fa7f7fffff",
        "1.0e+300, fb7e37e43c8800759c",
        "5.960464477539063e-8, f90001",
        "0.00006103515625, f90400",
        "-4.0, f9c400",
        "-4.1, fbc010666666666666",
        "Infinity, f97c00",
        "-Infinity, f9fc00",
        "NaN, f97e00",
        "2.9802322387695312e-8, fa33000000",
        "65536.0, fa47800000"
    })
    void shouldWriteFloatsInTheShortestForm(double value, String hex) {
        assertThat(written(to -> to.number(value))).isEqualTo(hex);
    }

    @Test
    void shouldWriteTextsAsUtf8() {
        assertThat(written(to -> to.text("IETF"))).isEqualTo("6449455446");
        assertThat(written(to -> to.text("\u00fc\u6c34"))).isEqualTo("65c3bce6b0b4");
        assertThat(written(to -> to.text("\ud800\udd51"))).isEqualTo("64f0908591");
        assertThat(written(to -> to.text("a\ud800"))).isEqualTo("62613f");
        assertThat(written(to -> to.latin1(new byte[] {'a', (byte) 0xFC}, 0, 2)))
                .isEqualTo("6361c3bc");
        assertThat(written(to -> to.latin1("0123456789".getBytes(StandardCharsets.US_ASCII), 2, 3)))
                .isEqualTo("63323334");
    }

    @Test
    void shouldWriteSimpleValuesBytesAndContainers() {
        assertThat(written(to -> to.bool(true))).isEqualTo("f5");
        assertThat(written(to -> to.bool(false))).isEqualTo("f4");
        assertThat(written(CborWriter::nil)).isEqualTo("f6");
        assertThat(written(to -> to.bytes(new byte[] {1, 2, 3, 4}, 1, 2))).isEqualTo("420203");
        assertThat(written(to -> to.decimal(-120))).isEqualTo("642d313230");
        assertThat(written(to -> to.decimal(Long.MIN_VALUE)))
                .isEqualTo("74" + Hex.text("-9223372036854775808".getBytes(StandardCharsets.US_ASCII), 0, 20));
        assertThat(written(to -> {
                    to.array(2);
                    to.map(1);
                    to.integer(1);
                    to.integer(2);
                    to.encoded(new byte[] {0x03}, 0, 1);
                }))
                .isEqualTo("82a1010203");
    }

    @Test
    void shouldSortTheEntriesOfAnOpenMapByTheirBytes() {
        assertThat(written(to -> {
                    to.openMap();
                    entry(to, "mti", 1);
                    entry(to, "2", 2);
                    to.entry();
                    to.text("55");
                    to.openMap();
                    entry(to, "9F02", 4);
                    entry(to, "82", 5);
                    to.closeMap();
                    entry(to, "11", 3);
                    to.closeMap();
                }))
                .isEqualTo("a4" + "613202" + "62313103" + "623535" + "a2" + "62383205" + "643946303204" + "636d746901");
    }

    @Test
    void shouldWidenTheHeadOfAnOpenMapWithManyEntries() {
        String hex = written(to -> {
            to.openMap();
            for (int i = 299; i >= 0; i--) {
                to.entry();
                to.uint(i);
                to.nil();
            }
            to.closeMap();
            to.uint(7);
        });
        assertThat(hex).startsWith("b9012c" + "00f6" + "01f6").endsWith("19012af6" + "19012bf6" + "07");
        assertThat(new CborReader().on(dst, 3, out.result()).skip()).isZero();
    }

    @Test
    void shouldRefuseAKeyGivenTwice() {
        assertThat(fault(100, to -> {
                    to.openMap();
                    entry(to, "a", 1);
                    entry(to, "b", 1);
                    entry(to, "a", 1);
                    to.closeMap();
                }))
                .isEqualTo(CborFault.KEY_ORDER);
    }

    @Test
    void shouldRefuseAMapLeftOpenOrClosedTwice() {
        assertThat(fault(100, CborWriter::openMap)).isEqualTo(CborFault.UNBALANCED);
        assertThat(fault(100, CborWriter::closeMap)).isEqualTo(CborFault.UNBALANCED);
    }

    @Test
    void shouldRefuseMapsNestedTooDeep() {
        assertThat(fault(100, to -> {
                    for (int i = 0; i <= CborReader.DEPTH_MAX; i++) {
                        to.openMap();
                        to.entry();
                        to.text("a");
                    }
                }))
                .isEqualTo(CborFault.TOO_DEEP);
    }

    @Test
    void shouldNeverWriteBehindTheLimit() {
        assertThat(fault(4, to -> to.integer(65536))).isEqualTo(CborFault.NO_ROOM);
        assertThat(fault(8, to -> to.number(1.1))).isEqualTo(CborFault.NO_ROOM);
        assertThat(fault(3, to -> to.text("abc"))).isEqualTo(CborFault.NO_ROOM);
        assertThat(fault(2, to -> to.encoded(new byte[3], 0, 3))).isEqualTo(CborFault.NO_ROOM);
        assertThat(fault(0, CborWriter::nil)).isEqualTo(CborFault.NO_ROOM);
        assertThat(fault(0, CborWriter::openMap)).isEqualTo(CborFault.NO_ROOM);
        assertThat(fault(51, to -> {
                    to.openMap();
                    for (int i = 0; i < 25; i++) {
                        to.entry();
                        to.uint(i % 24);
                        to.nil();
                    }
                    to.closeMap();
                }))
                .isNegative();
    }

    private static void entry(CborWriter to, String key, int value) {
        to.entry();
        to.text(key);
        to.uint(value);
    }
}
