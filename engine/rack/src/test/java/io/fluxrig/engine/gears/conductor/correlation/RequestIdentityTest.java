package io.fluxrig.engine.gears.conductor.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestIdentityTest {
    private static final Spec ASCII = spec("v87-ascii.yaml");
    private static final Spec BCD = spec("scheme-b-bcd.yaml");

    private static Spec spec(String name) {
        return SpecLoader.load(Path.of("..", "..", "config", "specs", name)).orThrow();
    }

    private static IsoPayload request(Spec dialect, String... pathsAndValues) {
        IsoPayload request = new IsoPayload();
        request.spec(dialect);
        request.message().setMti(100);
        for (int i = 0; i < pathsAndValues.length; i += 2) {
            request.message().setAscii(FieldPath.parse(pathsAndValues[i]), pathsAndValues[i + 1]);
        }
        return request;
    }

    @Test
    void shouldCountAFieldOfWhichOnlyAPartIsNamed() {
        RequestIdentity identity = new RequestIdentity(List.of("chip.cryptogram"), 1);

        assertThat(BCD.path("chip.cryptogram").depth()).isEqualTo(1);
        assertThat(identity.of(request(BCD, "55.9F26", "1122334455667788", "55.9F02", "000000001000")))
                .isNotEqualTo(identity.of(request(BCD, "55.9F26", "1122334455667788", "55.9F02", "000000009999")));
    }

    @Test
    void shouldKnowTheNamesOfEachDialect() {
        RequestIdentity identity = new RequestIdentity(List.of("stan"), 1);

        for (Spec dialect : List.of(ASCII, BCD, ASCII)) {
            assertThat(identity.of(request(dialect, "11", "000001", "41", "TERM0001")))
                    .isEqualTo(identity.of(request(dialect, "11", "000002", "41", "TERM0001")))
                    .isNotEqualTo(identity.of(request(dialect, "11", "000001", "41", "TERM0002")));
        }
    }
}
