package io.fluxrig.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.load.mix.Mix;
import io.fluxrig.load.mix.MixException;
import io.fluxrig.load.mix.Stencil;
import io.fluxrig.load.mix.StencilCutter;
import io.fluxrig.load.mix.Template;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MixesTest {

    @Test
    void shouldFillAsManyFieldsAsAskedForInBothDialects() throws MixException {
        for (String dialect : new String[] {"v87-ascii", "scheme-b-bcd"}) {
            StencilCutter cutter = new StencilCutter(
                    SpecLoader.load(Path.of("../config/specs/" + dialect + ".yaml"))
                            .spec()
                            .wire(),
                    body -> body);
            for (int count : Mixes.fieldCounts()) {
                Mix mix = Mixes.withFields(count);
                Stencil stencil = cutter.cut(mix.templates().get(0));
                assertThat(stencil.template().fields()).hasSize(count);
            }
        }
    }

    @Test
    void shouldHoldTicketsOfAnotherClassThanTheTraffic() {
        assertThat(Mixes.held().mti()).isNotEqualTo(100);
        assertThat(Mixes.spread().templates()).extracting(Template::mti).containsOnly(100);
    }
}
