package io.fluxrig.engine.gears.codec;

import static io.fluxrig.engine.gear.ConfigKey.text;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.iso.spec.Spec;

/** Describes and builds {@code codec_iso8583}: bytes to fields and back, in the dialect of a spec. */
public final class CodecGearFactory extends CodecFactory {

    /** Found by {@link java.util.ServiceLoader}. */
    public CodecGearFactory() {
        super(
                "codec_iso8583",
                "Bytes to fields and back, in the dialect of a spec; fields that nobody touched keep their bytes.",
                text("spec_path", null, "the dialect: a file, name:tag or sha256:...")
                        .mandatory());
    }

    @Override
    public Gear create(GearContext context) {
        Spec spec = context.specs().bySpecPath(context.config().text("spec_path"));
        return new CodecGear(context, spec, new SpecCodec(spec));
    }
}
