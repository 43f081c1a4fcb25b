package io.fluxrig.bench.rack;

import io.fluxrig.iso.frame.FrameEncoder;
import io.fluxrig.iso.frame.Framing;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.load.mix.MixException;
import io.fluxrig.load.mix.Stencil;
import io.fluxrig.load.mix.StencilCutter;
import io.fluxrig.load.mix.Template;
import java.nio.file.Path;
import java.util.Arrays;

/** Messages in the terminals' dialect, framed as the payment switch wants them, for what is no load but a nuisance. */
public final class Stencils {
    private static final Path DIALECT = Path.of("config/specs/v87-ascii.yaml");
    private static final int FRAME_MAX = 4096;

    private Stencils() {}

    /** The terminals' dialect. */
    static WireSpec dialect() {
        return SpecLoader.load(DIALECT).spec().wire();
    }

    /** The terminals' framing: two bytes of length. */
    static Framing framing() {
        return Framing.builder(Framing.variant("generic")).build();
    }

    /** @throws MixException if the dialect cannot write the template */
    public static Stencil cut(Template template) throws MixException {
        FrameEncoder encoder = new FrameEncoder(framing());
        StencilCutter cutter = new StencilCutter(dialect(), body -> {
            byte[] frame = new byte[FRAME_MAX];
            return Arrays.copyOf(frame, encoder.encode(body, 0, body.length, frame, 0));
        });
        return cutter.cut(template);
    }
}
