package io.fluxrig.transport.msg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaTest {
    private final Meta meta = new Meta();

    private void setText(MetaKey key, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        meta.setText(key, utf8, 0, utf8.length);
    }

    @Test
    void shouldReadEachSlotAsWhatWasLastSet() {
        meta.set(MetaKey.CONN_ID, 5);
        assertThat(meta.text(MetaKey.CONN_ID)).isEqualTo("5");
        meta.set(MetaKey.CONN_ID, "six");
        assertThat(meta.text(MetaKey.CONN_ID)).isEqualTo("six");
        assertThat(meta.number(MetaKey.CONN_ID, -1)).isEqualTo(-1);
        setText(MetaKey.CONN_ID, "7");
        assertThat(meta.number(MetaKey.CONN_ID, -1)).isEqualTo(7);
        meta.set(MetaKey.CONN_ID, (String) null);
        assertThat(meta.has(MetaKey.CONN_ID)).isFalse();
        assertThat(meta.text(MetaKey.CONN_ID)).isNull();
        meta.set(MetaKey.CONN_ID, 8);
        meta.unset(MetaKey.CONN_ID);
        assertThat(meta.number(MetaKey.CONN_ID, -1)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1234567890123456789, 1234567890123456789",
        "-1, -1",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "9223372036854775808, 42",
        "01, 42",
        "-0, 42",
        "'', 42",
        "-, 42",
        "1x, 42",
        "+1, 42",
        "12345678901234567890, 42"
    })
    void shouldReadCanonicalDecimalsAsNumbers(String text, long number) {
        setText(MetaKey.PEER_PORT, text);
        assertThat(meta.number(MetaKey.PEER_PORT, 42)).isEqualTo(number);
        meta.set(MetaKey.PEER_PORT, text);
        assertThat(meta.number(MetaKey.PEER_PORT, 42)).isEqualTo(number);
    }

    @Test
    void shouldTakeNoOtherCharacterForADigitAtAnyPlace() {
        String digits = "1234567890123456789";
        for (int length = 1; length <= digits.length(); length++) {
            for (int place = 0; place < length; place++) {
                for (char other : new char[] {'/', ':', '?', 'a', 'p', ' ', '\u00b5', '\u0000'}) {
                    StringBuilder text = new StringBuilder(digits.substring(0, length));
                    text.setCharAt(place, other);
                    assertThat(DecimalText.parse(text.toString(), -7)).isEqualTo(-7);
                }
            }
            assertThat(DecimalText.parse(digits.substring(0, length), -7))
                    .isEqualTo(Long.parseLong(digits.substring(0, length)));
        }
    }

    @Test
    void shouldCarryBytesAsHex() {
        meta.setBytes(MetaKey.ISO_RAW_HEADER, new byte[] {0, 0x60, (byte) 0xFF}, 1, 2);
        assertThat(meta.text(MetaKey.ISO_RAW_HEADER)).isEqualTo("hex:60ff");
        assertThat(meta.bytesLength(MetaKey.ISO_RAW_HEADER)).isEqualTo(2);
        byte[] dst = new byte[4];
        assertThat(meta.bytes(MetaKey.ISO_RAW_HEADER, dst, 1)).isEqualTo(2);
        assertThat(dst).containsExactly(0, 0x60, 0xFF, 0);
        assertThat(meta.bytes(MetaKey.ISO_RAW_HEADER, dst, 3)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"hex:, 0", "hex:0A0b, 2", "hex:0, -1", "hex:0g, -1", "he, -1", "HEX:00, -1", "'', -1"})
    void shouldReadHexTextAsBytes(String text, int length) {
        meta.set(MetaKey.ISO_RAW_HEADER, text);
        assertThat(meta.bytesLength(MetaKey.ISO_RAW_HEADER)).isEqualTo(length);
        setText(MetaKey.ISO_RAW_HEADER, text);
        assertThat(meta.bytesLength(MetaKey.ISO_RAW_HEADER)).isEqualTo(length);
        assertThat(meta.bytes(MetaKey.ISO_RAW_HEADER, new byte[8], 0)).isEqualTo(length);
    }

    @Test
    void shouldShowTheSameTextAsTheSameObject() {
        setText(MetaKey.CODEC_SPEC_HASH, "abc");
        String first = meta.text(MetaKey.CODEC_SPEC_HASH);
        meta.clear();
        setText(MetaKey.CODEC_SPEC_HASH, "abc");
        assertThat(meta.text(MetaKey.CODEC_SPEC_HASH)).isSameAs(first);
        setText(MetaKey.CODEC_SPEC_HASH, "abd");
        assertThat(meta.text(MetaKey.CODEC_SPEC_HASH)).isEqualTo("abd");
        setText(MetaKey.CODEC_SPEC_HASH, "\u00fc");
        assertThat(meta.text(MetaKey.CODEC_SPEC_HASH)).isEqualTo("\u00fc");
        assertThat(meta.is(MetaKey.CODEC_SPEC_HASH, "\u00fc")).isTrue();
    }

    @Test
    void shouldCopyWithoutSharing() {
        setText(MetaKey.PEER_IP, "10.0.0.1");
        meta.set(MetaKey.CONN_ID, 3);
        Meta copy = new Meta();
        copy.set(MetaKey.ERROR_REASON, "old");
        copy.copyFrom(meta);
        meta.clear();
        setText(MetaKey.PEER_IP, "99.9.9.9");
        assertThat(copy.text(MetaKey.PEER_IP)).isEqualTo("10.0.0.1");
        assertThat(copy.number(MetaKey.CONN_ID, -1)).isEqualTo(3);
        assertThat(copy.has(MetaKey.ERROR_REASON)).isFalse();
    }

    @Test
    void shouldRejectMoreTextThanItKeeps() {
        byte[] most = new byte[Meta.BYTES_MAX];
        meta.setText(MetaKey.PEER_IP, most, 0, most.length);
        assertThatThrownBy(() -> meta.setText(MetaKey.CONN_ID, most, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("metadata bytes=65537 max=65536");
    }

    @Test
    void shouldBoundAPath() {
        Path path = new Path(2);
        assertThat(path.add(1, 2, 3)).isTrue();
        assertThat(path.add(4, 5, 6)).isTrue();
        assertThat(path.add(7, 8, 9)).isFalse();
        path.truncate(1);
        assertThat(path.count()).isEqualTo(1);
        path.truncate(5);
        assertThat(path.count()).isEqualTo(1);
        assertThat(path.port(0)).isEqualTo(2);
        assertThatThrownBy(() -> new Path(256)).hasMessage("hopsMax=256 min=1 max=255");
    }
}
