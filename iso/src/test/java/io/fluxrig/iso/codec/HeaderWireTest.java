package io.fluxrig.iso.codec;

import static io.fluxrig.iso.codec.Dialect.MTI;
import static io.fluxrig.iso.codec.Dialect.hex;
import static io.fluxrig.iso.codec.Dialect.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.iso.wire.BitmapSpec;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.Limits;
import io.fluxrig.iso.wire.TrailingBytes;
import io.fluxrig.iso.wire.WireSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bytes ahead of the MTI. */
class HeaderWireTest {
    private final Dialect dialect = new Dialect(spec(3));

    private static WireSpec spec(int header) {
        return new WireSpec(
                "header",
                MTI,
                BitmapSpec.fixed(Encoding.BINARY, 8),
                Map.of(3, Dialect.n("3", 2)),
                Limits.DEFAULT,
                TrailingBytes.REFUSE,
                header);
    }

    @Test
    void shouldKeepAHeaderAsItCame() {
        String came = "AABBCC" + hex(text("42"), 3);
        dialect.decoded(came);

        assertThat(dialect.value("3")).isEqualTo("42");
        assertThat(dialect.message.mti()).isEqualTo(100);
        assertThat(dialect.encoded(dialect.message)).isEqualTo(came);
    }

    @Test
    void shouldKeepAHeaderOfAMessageThatWasChanged() {
        dialect.decoded("AABBCC" + hex(text("42"), 3));
        dialect.message.setAscii(3, "43");
        dialect.message.setMti(110);

        assertThat(dialect.encoded(dialect.message))
                .isEqualTo("AABBCC" + hex(text("43"), 3).replaceFirst("30313030", "30313130"));
    }

    @Test
    void shouldWriteZerosWhereNoHeaderCame() {
        assertThat(dialect.encoded(Dialect.message("3", "44"))).isEqualTo("000000" + hex(text("44"), 3));
    }

    @Test
    void shouldRefuseLessThanAHeader() {
        assertThat(dialect.refusal("AABB")).isEqualTo("message at byte 0: expected 3 bytes, length=2");
        assertThat(dialect.refusal("AABBCC3031")).isEqualTo("MTI at byte 3: expected 4 bytes, length=2");
        assertThatThrownBy(() -> spec(257)).hasMessageContaining("header=257");
    }
}
