package io.fluxrig.transport.cbor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborReaderTest {
    private final CborReader in = new CborReader();

    private CborReader on(String hex) {
        byte[] bytes = Hex.bytes(hex);
        byte[] padded = new byte[bytes.length + 7];
        System.arraycopy(bytes, 0, padded, 4, bytes.length);
        return in.on(padded, 4, bytes.length);
    }

    private int skip(String hex) {
        on(hex);
        in.skip();
        return in.end();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "17",
                "1818",
                "1bffffffffffffffff",
                "20",
                "3bffffffffffffffff",
                "40",
                "4401020304",
                "60",
                "65c3bce6b0b4",
                "64f0908591",
                "80",
                "8301820203820405",
                "a0",
                "a26161016162820203",
                "c11a514b67b0",
                "d74401020304",
                "f4",
                "f5",
                "f6",
                "f7",
                "f0",
                "f820",
                "f8ff",
                "f90000",
                "f93e00",
                "f97c00",
                "f97e00",
                "fa47c35000",
                "fb3ff199999999999a",
                "a2 0a 01 1864 02",
                "a2 8101 01 8102 02",
                "a2 20 01 6161 02"
            })
    void shouldAcceptDeterministicItems(String hex) {
        assertThat(skip(hex)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'', -1",
        "18, -1",
        "1900, -1",
        "41, -1",
        "6261, -1",
        "81, -1",
        "a1, -1",
        "a101, -1",
        "c1, -1",
        "f9, -1",
        "5b7fffffffffffffff, -1",
        "9b0000000100000000, -1",
        "bb7fffffffffffffff00, -1",
        "5bffffffffffffffff, -1",
        "1817, -3",
        "190018, -3",
        "1a0000ffff, -3",
        "1b00000000ffffffff, -3",
        "580101, -3",
        "980100, -3",
        "5f4101ff, -3",
        "7f6161ff, -3",
        "9fff, -3",
        "bfff, -3",
        "ff, -3",
        "fa3fc00000, -3",
        "fb3ff8000000000000, -3",
        "f97e01, -3",
        "fa7fc00000, -3",
        "fb7ff8000000000000, -3",
        "f9fe00, -3",
        "a2616201616102, -4",
        "a2616101616102, -4",
        "a2620000016102, -4",
        "a281020181010a, -4",
        "61ff, -5",
        "62c080, -5",
        "63eda080, -5",
        "64f4908080, -5",
        "63e08080, -5",
        "61c3, -5",
        "62c328, -5",
        "64f0808080, -5",
        "1c, -8",
        "3d, -8",
        "fc, -8",
        "f800, -8",
        "f81f, -8",
        "0000, -9",
        "a000, -9"
    })
    void shouldRefuseWithAFault(String hex, int fault) {
        assertThat(skip(hex)).isEqualTo(fault);
        assertThat(in.skip()).isEqualTo(fault);
        assertThat(in.text()).isEqualTo(fault);
        assertThat(in.uint()).isEqualTo(fault);
        assertThat(CborFault.name(fault)).isNotEqualTo("unknown");
    }

    @Test
    void shouldFollowNestingToItsLimitAndNoFurther() {
        assertThat(skip("81".repeat(CborReader.DEPTH_MAX) + "00")).isZero();
        assertThat(skip("81".repeat(CborReader.DEPTH_MAX + 1) + "00")).isEqualTo(CborFault.TOO_DEEP);
        assertThat(skip("c1".repeat(CborReader.DEPTH_MAX + 1) + "00")).isEqualTo(CborFault.TOO_DEEP);
    }

    @Test
    void shouldReadEachTypeAsWhatItIs() {
        on("a5 01 20 02 6161 03 4101 04 f5 05 fb3ff199999999999a");
        assertThat(in.map()).isEqualTo(5);
        assertThat(in.uint()).isEqualTo(1);
        assertThat(in.peekType()).isEqualTo(CborType.NEGATIVE);
        assertThat(in.integer()).isEqualTo(-1);
        assertThat(in.integer()).isEqualTo(2);
        assertThat(in.text()).isEqualTo(1);
        assertThat(in.contentEquals(1, new byte[] {'a'})).isTrue();
        in.uint();
        assertThat(in.bytes()).isEqualTo(1);
        in.uint();
        assertThat(in.bool()).isEqualTo(1);
        in.uint();
        assertThat(in.number()).isEqualTo(1.1);
        assertThat(in.end()).isZero();
    }

    @Test
    void shouldReadFloatsOfEachPrecision() {
        assertThat(on("f97bff").number()).isEqualTo(65504.0);
        assertThat(on("f90001").number()).isEqualTo(0x1p-24);
        assertThat(on("f9c400").number()).isEqualTo(-4.0);
        assertThat(on("f97c00").number()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(on("f97e00").number()).isNaN();
        assertThat(on("fa47c35000").number()).isEqualTo(100000.0);
        assertThat(on("f5").number()).isZero();
        assertThat(in.fault()).isEqualTo(CborFault.WRONG_TYPE);
    }

    @Test
    void shouldRefuseAnotherTypeThanAskedFor() {
        assertThat(on("6161").uint()).isEqualTo(CborFault.WRONG_TYPE);
        assertThat(on("01").text()).isEqualTo(CborFault.WRONG_TYPE);
        assertThat(on("01").map()).isEqualTo(CborFault.WRONG_TYPE);
        assertThat(on("f6").bool()).isEqualTo(CborFault.WRONG_TYPE);
        assertThat(on("f6").nil()).isTrue();
        assertThat(on("01").nil()).isFalse();
    }

    @Test
    void shouldRefuseIntegersOutsideALong() {
        assertThat(on("1b8000000000000000").uint()).isEqualTo(CborFault.TOO_LARGE);
        on("3b8000000000000000").integer();
        assertThat(in.fault()).isEqualTo(CborFault.TOO_LARGE);
        assertThat(on("3b7fffffffffffffff").integer()).isEqualTo(Long.MIN_VALUE);
        assertThat(in.fault()).isZero();
    }
}
