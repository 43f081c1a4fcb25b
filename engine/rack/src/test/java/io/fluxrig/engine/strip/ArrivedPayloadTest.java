package io.fluxrig.engine.strip;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.engine.message.References;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.cbor.CborWriter;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ArrivedPayloadTest {
    private static final Spec SPEC = SpecLoader.load(Path.of("..", "..", "config", "specs", "v87-ascii.yaml"))
            .spec();

    private final ArrivedPayload arrived = new ArrivedPayload(new SpecHistory(TestGears.specs(SPEC)));
    private final FluxMsg message = new FluxMsg();

    private IsoPayload arrive(String specHash) {
        IsoPayload sent = new IsoPayload();
        sent.message().setMti(100);
        sent.message().setAscii(11, "000042");
        byte[] bytes = new byte[200];
        CborWriter out = new CborWriter().on(bytes, 0, bytes.length);
        sent.writeTo(out);
        message.meta().set(MetaKey.CODEC_SPEC_HASH, specHash);
        arrived.read(new CborReader().on(bytes, 0, bytes.length));
        assertThat(arrived.attach(message, false)).isTrue();
        return (IsoPayload) message.payload();
    }

    @Test
    void shouldKnowTheAliasesOfTheDialectThatAMessageCameIn() {
        IsoPayload payload = arrive(SPEC.shortHash());

        assertThat(payload.spec()).isSameAs(SPEC);
        assertThat(payload.message().text(payload.spec().resolve("stan"))).isEqualTo("000042");
        assertThat(References.of(message)).isEqualTo(" (STAN 000042)");
    }

    @Test
    void shouldShowNoFieldOfADialectThatThisRackDoesNotHave() {
        assertThat(arrive("000000000000").spec()).isNull();
        assertThat(References.of(message)).isEmpty();
    }
}
