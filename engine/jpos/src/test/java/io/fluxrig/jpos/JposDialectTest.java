package io.fluxrig.jpos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.IsoCodec;
import java.util.Arrays;
import org.jpos.iso.packager.Base1Packager;
import org.jpos.iso.packager.ISO87APackager;
import org.jpos.iso.packager.ISO87BPackager;
import org.junit.jupiter.api.Test;

/** A packager beside the dialect of a spec. */
class JposDialectTest extends JposRig {
    @Test
    void shouldMeetADialectOfOurs() throws Exception {
        IsoCodec ours = new IsoCodec(V87);
        byte[] ascii = purchase(new ISO87APackager());
        decode(codec(new Base1Packager()), purchase(new Base1Packager()));

        int length = ours.encode(message, room, 0);

        assertThat(ours.error().toString()).isEqualTo("none");
        assertThat(Arrays.copyOf(room, length)).isEqualTo(ascii);
        assertThat(ours.decode(ascii, 0, ascii.length, message)).isPositive();
        assertThat(encode(codec(new Base1Packager()))).isEqualTo(purchase(new Base1Packager()));
    }

    @Test
    void shouldNeverTakeTheSpecsBytesForThePackagers() {
        IsoPayload asTheSpecSays = new IsoPayload();
        byte[] bytes = "08000000000000000000".getBytes(US_ASCII);
        new IsoCodec(V87).decode(bytes, 0, bytes.length, asTheSpecSays.message());
        asTheSpecSays.spec(SPEC);

        assertThat(asTheSpecSays.derivedFromRaw()).isTrue();
        assertThat(codec(new ISO87BPackager()).writes(asTheSpecSays)).isFalse();
    }
}
