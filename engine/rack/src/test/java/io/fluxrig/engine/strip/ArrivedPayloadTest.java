package io.fluxrig.engine.strip;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.SpecCatalog;
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
        return arrive(arrived, specHash);
    }

    private IsoPayload arrive(ArrivedPayload at, String specHash) {
        IsoPayload sent = new IsoPayload();
        sent.message().setMti(100);
        sent.message().setAscii(11, "000042");
        byte[] bytes = new byte[200];
        CborWriter out = new CborWriter().on(bytes, 0, bytes.length);
        sent.writeTo(out);
        message.meta().set(MetaKey.CODEC_SPEC_HASH, specHash);
        at.read(new CborReader().on(bytes, 0, bytes.length));
        assertThat(at.attach(message, false)).isTrue();
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
        message.meta().set(MetaKey.CODEC_SPEC_ID, "of-somebody-else");

        assertThat(arrive("000000000000").spec()).isNull();
        assertThat(arrived.ofOtherVersion()).isFalse();
        assertThat(References.of(message)).isEmpty();
    }

    @Test
    void shouldTakeFieldsOfAnotherVersionByTheNamesOfTheOneHere() {
        message.meta().set(MetaKey.CODEC_SPEC_ID, SPEC.id());
        IsoPayload payload = arrive("000000000000");

        assertThat(payload.spec()).isSameAs(SPEC);
        assertThat(payload.derivedFromRaw())
                .as("the bytes are no matter of this version")
                .isFalse();
        assertThat(arrived.ofOtherVersion()).isTrue();
        arrive(SPEC.shortHash());
        assertThat(arrived.ofOtherVersion()).isFalse();
    }

    @Test
    void shouldLookForAnotherVersionOnceInEachScenario() {
        int[] asked = new int[2];
        SpecHistory history = new SpecHistory(counting(asked, 0));
        ArrivedPayload counted = new ArrivedPayload(history);
        message.meta().set(MetaKey.CODEC_SPEC_ID, SPEC.id());
        for (int i = 0; i < 3; i++) {
            assertThat(arrive(counted, "000000000000").spec()).isSameAs(SPEC);
        }
        history.begin(counting(asked, 1));
        history.enter();
        arrive(counted, "000000000000");
        arrive(counted, "000000000000");

        assertThat(asked).containsExactly(1, 1);
    }

    @Test
    void shouldNotDecodeBytesOfAnotherVersion() {
        message.meta().set(MetaKey.CODEC_SPEC_ID, SPEC.id());
        message.meta().set(MetaKey.CODEC_SPEC_HASH, "000000000000");

        assertThat(arrived.attach(message, true)).isFalse();
        assertThat(arrived.ofOtherVersion()).isFalse();
    }

    private static SpecCatalog counting(int[] asked, int place) {
        SpecCatalog one = TestGears.specs(SPEC);
        return new SpecCatalog() {
            @Override
            public Spec bySpecPath(String specPath) {
                return one.bySpecPath(specPath);
            }

            @Override
            public Spec byHash(String specHash) {
                return one.byHash(specHash);
            }

            @Override
            public Spec byId(String specId) {
                asked[place]++;
                return one.byId(specId);
            }
        };
    }
}
