package io.fluxrig.engine.gears.conductor.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.transport.msg.FluxMsg;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class KeptBytesTest {
    private static final Spec ASCII = SpecLoader.load(Path.of("..", "..", "config", "specs", "v87-ascii.yaml"))
            .orThrow();

    private final KeptBytes kept = new KeptBytes();
    private final FluxMsg message = new FluxMsg();
    private final IsoPayload payload = new IsoPayload();
    private final IsoCodec codec = new IsoCodec(ASCII.wire());
    private final byte[] wire = new byte[1024];

    @Test
    void shouldKeepTheWireBytesWhereTheySayEverything() {
        int wireLength = decoded();

        int length = kept.of(message, payload);

        assertThat(length).isEqualTo(wireLength);
        assertThat(kept.bytes()).isSameAs(wire);
        assertThat(kept.offset()).isEqualTo(3);
    }

    @Test
    void shouldReadBackWhatWasKeptAsWireBytes() {
        int length = kept.of(decodedMessage(), payload);
        byte[] copy = Arrays.copyOfRange(kept.bytes(), kept.offset(), kept.offset() + length);
        FluxMsg again = new FluxMsg();
        IsoPayload fields = new IsoPayload();

        assertThat(kept.read(kept.dialect(), copy, length, again, fields)).isTrue();

        assertThat(fields.message().mti()).isEqualTo(100);
        assertThat(fields.message().text(11)).isEqualTo("000042");
        assertThat(fields.spec()).isSameAs(ASCII);
        assertThat(again.rawLength()).isEqualTo(length);
    }

    @Test
    void shouldNumberTheDialectsThatAnotherHasMetAndTheScenarioHasStill() {
        kept.of(decodedMessage(), payload);
        KeptBytes successor = new KeptBytes();
        KeptBytes stranger = new KeptBytes();

        successor.meet(kept, catalog(ASCII));
        stranger.meet(kept, catalog(null));

        assertThat(successor.shortHash(kept.dialect())).isEqualTo(ASCII.shortHash());
        assertThatThrownBy(() -> stranger.shortHash(kept.dialect())).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static SpecCatalog catalog(Spec only) {
        return new SpecCatalog() {
            @Override
            public Spec bySpecPath(String specPath) {
                return only;
            }

            @Override
            public Spec byHash(String specHash) {
                return only;
            }
        };
    }

    @Test
    void shouldKeepAMessageThatWasChangedAsItsFields() {
        decoded();
        payload.message().setAscii(39, "91");

        int length = kept.of(message, payload);
        byte[] copy = Arrays.copyOf(kept.bytes(), length);
        FluxMsg again = new FluxMsg();
        IsoPayload fields = new IsoPayload();

        assertThat(kept.bytes()).isNotSameAs(wire);
        assertThat(kept.read(kept.dialect(), copy, length, again, fields)).isTrue();
        assertThat(fields.message().text(39)).isEqualTo("91");
        assertThat(fields.message().text(11)).isEqualTo("000042");
        assertThat(again.rawLength()).isZero();
    }

    @Test
    void shouldSayWhereAMessageIsTooLongToKeep() {
        decoded();
        for (int field = 112; field <= 127; field++) {
            payload.message().setAscii(field, "x".repeat(5_000));
        }

        assertThat(kept.of(message, payload)).isEqualTo(KeptBytes.TOO_LONG);
    }

    @Test
    void shouldLeaveNoByteOfItsOwnBehindWhenWiped() {
        decoded();
        payload.message().setAscii(39, "91");
        kept.of(message, payload);
        byte[] own = kept.bytes();

        kept.wipe();

        assertThat(own).containsOnly(0);
    }

    private FluxMsg decodedMessage() {
        decoded();
        return message;
    }

    /** A request whose wire bytes begin at 3. */
    private int decoded() {
        payload.message().clear();
        payload.message().setMti(100);
        payload.message().setAscii(4, "000000001234");
        payload.message().setAscii(11, "000042");
        int length = codec.encode(payload.message(), wire, 3);
        if (length < 0 || codec.decode(wire, 3, length, payload.message()) < 0) {
            throw new AssertionError(codec.error().toString());
        }
        payload.spec(ASCII);
        message.raw(wire, 3, length);
        message.payload(payload);
        return length;
    }
}
