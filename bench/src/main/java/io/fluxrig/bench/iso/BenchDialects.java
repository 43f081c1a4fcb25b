package io.fluxrig.bench.iso;

import io.fluxrig.iso.dialect.Dialects;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.wire.WireSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jpos.iso.ISOMsg;

/** The dialects that are compared: those built in, those that come with fluxrig, and the packager files of jPOS. */
final class BenchDialects {
    private static final String JPOS = "jpos:";
    private static final List<String> PACKAGERS =
            List.of("cmf", "iso87ascii", "iso87binary", "iso93ascii", "iso93binary");
    private static final String SCHEME_B = "scheme-b-bcd";

    private BenchDialects() {}

    static List<String> names() {
        List<String> names = new ArrayList<>(SpecLoader.bases());
        PACKAGERS.forEach(packager -> names.add(JPOS + packager));
        names.add(SCHEME_B);
        return names;
    }

    static WireSpec wire(String name) {
        if (name.equals(SCHEME_B)) {
            return SpecLoader.load(Path.of("config/specs", name + ".yaml"))
                    .orThrow()
                    .wire();
        }
        String text = "spec: { id: bench, version: 1.0.0, wire: { source: '" + name + "' } }";
        byte[] content =
                name.startsWith(JPOS) ? packager(name.substring(JPOS.length())) : text.getBytes(StandardCharsets.UTF_8);
        return Dialects.read(name, content).load().orThrow().wire();
    }

    private static byte[] packager(String name) {
        try (InputStream in = ISOMsg.class.getResourceAsStream("/packager/" + name + ".xml")) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
