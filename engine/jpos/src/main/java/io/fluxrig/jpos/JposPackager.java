package io.fluxrig.jpos;

import io.fluxrig.engine.gear.GearConfig;
import java.lang.reflect.InvocationTargetException;
import java.util.HexFormat;
import java.util.Map;
import org.jpos.core.Configurable;
import org.jpos.core.ConfigurationException;
import org.jpos.core.SimpleConfiguration;
import org.jpos.iso.ISOBasePackager;
import org.jpos.iso.ISOPackager;
import org.jpos.iso.ISOUtil;

/**
 * A packager as a gear's configuration describes it: its class made, configured and guarded.
 *
 * @param packager one gear's own
 * @param name the class, for messages
 * @param header what stands ahead of the MTI of each message it writes; empty where it has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record JposPackager(ISOPackager packager, String name, byte[] header) {
    private static final String ON_CLASS_PATH =
            "name the folder of its classes or jars in FLUXRIG_PACKS, as FLUXRIG_PACKS=jpos:/opt/acme/packagers";

    static JposPackager make(GearConfig config) throws PackagerFault {
        String name = config.text(JposCodecFactory.PACKAGER);
        try {
            beginJpos();
            ISOPackager packager = instance(name);
            configure(packager, config);
            TlvGuard.install(packager);
            return new JposPackager(packager, name, header(packager, config));
        } catch (ExceptionInInitializerError failed) {
            throw fault(name + " cannot be made: a static part threw " + failed.getCause(), "correct that", failed);
        } catch (LinkageError missing) {
            throw fault(name + " does not load: " + missing, "put what it needs beside it: " + ON_CLASS_PATH, missing);
        } catch (RuntimeException unruly) {
            throw fault(name + " cannot be asked for its fields: " + unruly, "correct what threw that", unruly);
        }
    }

    /** Has jPOS look for its character sets now, which a small Java runtime may lack, and not with the first message. */
    private static void beginJpos() throws PackagerFault {
        try {
            ISOUtil.hexString(new byte[0]);
        } catch (LinkageError lacking) {
            Throwable cause = lacking.getCause() == null ? lacking : lacking.getCause();
            throw fault("jPOS does not start: " + cause, "run on a Java with the module jdk.charsets", lacking);
        }
    }

    private static ISOPackager instance(String name) throws PackagerFault {
        try {
            Class<?> type = Class.forName(name);
            if (!ISOPackager.class.isAssignableFrom(type)) {
                throw fault(name + " is no org.jpos.iso.ISOPackager", "name the packager's class", null);
            }
            return (ISOPackager) type.getConstructor().newInstance();
        } catch (ClassNotFoundException unknown) {
            throw fault("no class " + name + " is on the class path", ON_CLASS_PATH, unknown);
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException closed) {
            throw fault(
                    name + " cannot be made: it is abstract, or has no public constructor without arguments",
                    "name a public subclass of it that has one",
                    closed);
        } catch (InvocationTargetException failed) {
            throw fault(name + " cannot be made: " + failed.getCause(), "correct its constructor", failed);
        }
    }

    private static void configure(ISOPackager packager, GearConfig config) throws PackagerFault {
        SimpleConfiguration properties = new SimpleConfiguration();
        boolean given = config.has(JposCodecFactory.CONFIG_FILE);
        String key = given ? JposCodecFactory.CONFIG_FILE : JposCodecFactory.PROPERTIES;
        if (config.tree(JposCodecFactory.PROPERTIES) instanceof Map<?, ?> further) {
            given |= !further.isEmpty();
            further.forEach((property, value) -> properties.put(String.valueOf(property), String.valueOf(value)));
        }
        if (!given) {
            return;
        }
        if (config.has(JposCodecFactory.CONFIG_FILE)) {
            properties.put(
                    "packager-config", config.file(JposCodecFactory.CONFIG_FILE).toString());
        }
        if (!(packager instanceof Configurable configurable)) {
            throw new PackagerFault(
                    key,
                    packager.getClass().getName() + " is no org.jpos.core.Configurable: it takes neither",
                    "leave it out",
                    null);
        }
        try {
            configurable.setConfiguration(properties);
        } catch (ConfigurationException | RuntimeException refused) {
            throw new PackagerFault(
                    key, packager.getClass().getName() + " refuses it: " + refused, "correct it", refused);
        }
    }

    private static byte[] header(ISOPackager packager, GearConfig config) throws PackagerFault {
        int length = packager instanceof ISOBasePackager base ? base.getHeaderLength() : 0;
        if (!config.has(JposCodecFactory.HEADER)) {
            return new byte[length];
        }
        String hex = config.text(JposCodecFactory.HEADER);
        if (hex.length() != 2 * length || !hex.matches("[0-9A-Fa-f]*")) {
            throw new PackagerFault(
                    JposCodecFactory.HEADER,
                    hex.length() + " characters, and the packager's header length is " + length,
                    length == 0
                            ? "leave it out; a header of the framing is io_iso8583's protocol_header_size"
                            : "write " + 2 * length + " hex digits",
                    null);
        }
        return HexFormat.of().parseHex(hex);
    }

    private static PackagerFault fault(String what, String fix, Throwable cause) {
        return new PackagerFault(JposCodecFactory.PACKAGER, what, fix, cause);
    }
}
