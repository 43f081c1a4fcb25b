package io.fluxrig.cli.config;

import io.fluxrig.cli.demo.Ports.Use;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What {@code fluxrig new} writes, as text: each is a resource with places for what differs. */
enum Skeleton {
    SWITCH,
    ISSUER,
    SPEC,
    MIX;

    /** Where terminals connect, {@code VARIABLE:HOST:PORT}: the variable of the environment and what holds without it. */
    static final String TERMINALS = Use.TERMINALS.variable() + ":" + Use.TERMINALS.usual();

    /** Where the first host of a switch is, as {@link #TERMINALS}. */
    static final String HOST = "HOST_ADDRESS:" + Use.SCHEME_A.usual();

    /** What a new dialect stands on unless told otherwise. */
    static final String BASE = "moov:spec87ascii";

    /**
     * A dialect on a built-in base, with the aliases that a switch of ours asks for.
     *
     * @param base one of {@link io.fluxrig.iso.spec.SpecLoader#bases}; the version of ISO 8583 that its name tells decides what
     *     types of messages and response codes are called
     */
    static String spec(String name, String base) {
        boolean of1993 = base.contains("93");
        return SPEC.text(name, "")
                .replace("@BASE@", base)
                .replace("@V@", of1993 ? "1" : "0")
                .replace("@APPROVED@", of1993 ? "000" : "00")
                .replace("@DECLINED@", of1993 ? "100" : "05")
                .replace("@INOPERATIVE@", of1993 ? "907" : "91");
    }

    /**
     * The file's content.
     *
     * @param name a good {@link io.fluxrig.engine.config.Name}, so that it needs no escaping between quotes
     * @param bind where it listens, {@code VARIABLE:HOST:PORT}; a spec and a mix listen nowhere
     */
    String text(String name, String bind) {
        return resource().replace("@NAME@", name).replace("@BIND@", bind).replace("@HOST@", HOST);
    }

    private String resource() {
        String file = name().toLowerCase(Locale.ROOT) + ".yaml";
        try (InputStream in = Skeleton.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + " of fluxrig's own jar", e);
        }
    }
}
