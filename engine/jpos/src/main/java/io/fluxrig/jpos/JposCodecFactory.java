package io.fluxrig.jpos;

import static io.fluxrig.engine.gear.ConfigKey.code;
import static io.fluxrig.engine.gear.ConfigKey.path;
import static io.fluxrig.engine.gear.ConfigKey.section;
import static io.fluxrig.engine.gear.ConfigKey.text;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gears.codec.CodecFactory;
import io.fluxrig.engine.gears.codec.CodecGear;
import io.fluxrig.iso.spec.Spec;

/** Describes and builds {@code codec_jpos}: bytes to fields and back, by a jPOS packager class. */
public final class JposCodecFactory extends CodecFactory {
    static final String PACKAGER = "packager";
    static final String CONFIG_FILE = "config_file";
    static final String PROPERTIES = "properties";
    static final String HEADER = "header_value";

    /** Found by {@link java.util.ServiceLoader}. */
    public JposCodecFactory() {
        super(
                "codec_jpos",
                "Bytes to fields and back by a jPOS packager class, for one that is code and no file; slower than codec_iso8583.",
                text(
                                PACKAGER,
                                null,
                                "the class: an org.jpos.iso.ISOPackager with a public constructor without arguments")
                        .mandatory(),
                path(CONFIG_FILE, null, "its packager file, for classes that read one: the property packager-config"),
                section(PROPERTIES, "its further properties, as jPOS calls them, for classes that take any"),
                code(
                        HEADER,
                        null,
                        "in hex, what stands ahead of the MTI of messages written by a packager with a header"
                                + " length; zeros if not given"),
                text(
                                "spec_path",
                                null,
                                "what the fields mean (names, aliases, what is card data, rules): a dialect's file, name:tag or"
                                        + " sha256:...; how they stand in bytes the packager alone says")
                        .mandatory());
    }

    @Override
    public boolean bytesAsSpec() {
        return false;
    }

    @Override
    public void check(GearConfig config, ConfigFaults faults) {
        try {
            JposPackager.make(config);
        } catch (PackagerFault fault) {
            faults.error(fault.key(), fault.getMessage(), fault.fix());
        }
    }

    @Override
    public Gear create(GearContext context) {
        Spec spec = context.specs().bySpecPath(context.config().text("spec_path"));
        try {
            return new CodecGear(context, spec, new JposCodec(JposPackager.make(context.config()), spec.wire()));
        } catch (PackagerFault since) {
            throw new IllegalStateException(
                    since.getMessage() + " now, and it did when the scenario was checked: " + since.fix(), since);
        }
    }
}
