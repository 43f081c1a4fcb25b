package io.fluxrig.bench.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jpos.q2.Q2;

/**
 * A jPOS switch that does the rack's job: Q2 with what stands in {@code bench/jpos/deploy}.
 *
 * <pre>
 *   terminals === QServer, a thread each === JposRouter === QMUX === scheme-a1, scheme-a2    ASCII, in turn
 *                                                       === QMUX === scheme-b, silent       BCD behind a TPDU
 * </pre>
 */
public final class JposSwitch {
    private JposSwitch() {}

    /**
     * @param arguments port for terminals, ports of scheme A and B, terminals at most, file of the BIN table, port of the
     *     probe, folder of its own; all ports on loopback
     */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("terminals.port", arguments[0]);
        System.setProperty("scheme.a.port", arguments[1]);
        System.setProperty("scheme.b.port", arguments[2]);
        System.setProperty("silent.port", arguments[2]);
        System.setProperty("terminals.sessions", arguments[3]);
        System.setProperty("bin.table", arguments[4]);
        AllocationPage.serve(Integer.parseInt(arguments[5]));
        Q2 q2 = new Q2(new String[] {"--deploydir=" + deployInto(Path.of(arguments[6], "deploy"))});
        q2.start();
        System.in.transferTo(OutputStream.nullOutputStream());
        q2.stop();
    }

    /** Q2 renames files that it does not like, so it gets a copy. */
    private static Path deployInto(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("bench/jpos/deploy"))) {
            for (Path file : files) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return folder;
    }
}
