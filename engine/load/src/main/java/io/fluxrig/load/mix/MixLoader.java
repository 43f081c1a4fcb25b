package io.fluxrig.load.mix;

import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.fault.Fault.Severity;
import io.fluxrig.engine.fault.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads a mix from YAML; {@code docs/load.md} and {@link MixSchema} have every key.
 *
 * <pre>
 * mix:
 *   name: purchases
 *   fields: { 3: "000000", 11: $STAN }   # of every template
 *   templates:
 *     - name: purchase
 *       weight: 95                # default 1
 *       mti: "0100"
 *       fields: { 2: "$PAN(411111,16)", 4: "$RAND(100,50000)" }
 * </pre>
 */
public final class MixLoader {
    private static final String BUILT_IN = "purchases.yaml";

    private MixLoader() {}

    /** Reads and checks one file; everything wrong is reported at once. */
    public static MixLoad check(Path file) {
        try {
            return new MixReader(file.toString()).read(Files.readString(file));
        } catch (CharacterCodingException binary) {
            return unreadable(file, "is not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            return Files.notExists(file)
                    ? unreadable(file, "no such file", "check the path")
                    : unreadable(file, "is no file that can be read", "name a file, and check its permissions");
        }
    }

    /** @throws MixException with every fault, a line each, if it cannot be read or is no mix */
    public static Mix load(Path file) throws MixException {
        return mix(check(file));
    }

    /** The mix of the demo: purchases with cards of every range of its table. */
    public static Mix builtIn() {
        try (InputStream in = MixLoader.class.getResourceAsStream(BUILT_IN)) {
            return mix(new MixReader(BUILT_IN).read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException | MixException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Mix mix(MixLoad load) throws MixException {
        if (load.mix() == null) {
            throw new MixException(load.faults().stream().map(Fault::toString).collect(Collectors.joining("\n")));
        }
        return load.mix();
    }

    private static MixLoad unreadable(Path file, String what, String fix) {
        return new MixLoad(null, List.of(new Fault(Severity.ERROR, Place.ofFile(file.toString()), "", what, fix)));
    }
}
