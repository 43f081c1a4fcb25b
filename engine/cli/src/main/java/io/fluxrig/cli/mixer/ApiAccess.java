package io.fluxrig.cli.mixer;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfigLoad;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.passport.ApiTokens;
import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.transport.bus.TlsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * What a command shows a mixer, and whom it takes for one: by the files that it was told, or else by variables, or else as this machine's
 * mixer has it. Immutable.
 */
final class ApiAccess {
    private static final String TOKEN = "FLUXRIG_API_TOKEN";
    private static final String CA_FILE = "FLUXRIG_API_CA_FILE";

    private final Path tokenFile;
    private final Path caFile;
    private final Map<String, String> environment;

    /**
     * @param tokenFile null for none
     * @param caFile null for none
     */
    ApiAccess(Path tokenFile, Path caFile, Map<String, String> environment) {
        this.tokenFile = tokenFile;
        this.caFile = caFile;
        this.environment = environment;
    }

    /**
     * The token; of a file that holds several, the first that may do all.
     *
     * @throws CommandFailure if it cannot be read, or others may read it
     */
    String token() {
        String given = environment.get(TOKEN);
        if (tokenFile == null && given != null) {
            return given.strip();
        }
        Path file = tokenFile == null ? usual() : tokenFile;
        try {
            // what is no file, such as a pipe, is nobody else's to read again
            byte[] own = Files.isRegularFile(file) ? OwnFile.read(file) : null;
            byte[] token = own == null ? Files.readAllBytes(file) : own;
            String text = new String(token, StandardCharsets.UTF_8).strip();
            return text.matches("\\S*")
                    ? text
                    : ApiTokens.read(token, file.toString()).best().token();
        } catch (PassportException unusable) {
            throw CommandFailure.failed("the API token " + unusable.getMessage());
        } catch (IOException e) {
            throw CommandFailure.failed("the API token " + file + " cannot be read: " + FileReason.of(e)
                    + (tokenFile == null && MixerHere.ofThisFolder().isInstalled()
                            ? "; ask as root, or as its user (sudo -u fluxrig ...)"
                            : "")
                    + "; name it with --token-file, as the mixer's first lines show it, or set " + TOKEN);
        }
    }

    private Path usual() {
        NodeConfigLoad mixer = MixerHere.ofThisFolder().load(environment);
        if (!mixer.ok()) {
            throw new CommandFailure(
                    ExitCode.CONFIG,
                    "where the mixer keeps its token cannot be told: "
                            + mixer.faults().get(0) + "; name it with --token-file, or set " + TOKEN);
        }
        return mixer.config().dataPath(MixerKeys.API_TOKEN_FILE);
    }

    /**
     * Whom a file that is named holds and nobody else, or whom the JVM trusts and beside them this machine's mixer, if there is one.
     *
     * @throws CommandFailure if the file that is named cannot be read
     */
    SSLContext trust() {
        String named = environment.get(CA_FILE);
        if (caFile == null && named == null) {
            return new TlsFiles(ofThisMachine(), null, null).contextBesideTheJvms();
        }
        Path file = caFile == null ? Path.of(named) : caFile;
        if (!Files.isReadable(file)) {
            throw CommandFailure.failed(
                    "--ca-file " + file + " cannot be read; copy the mixer's authority/ca.crt there");
        }
        return new TlsFiles(file, null, null).context();
    }

    /** The authority of this machine's mixer, null for none; a command to another mixer does not need one whose file is faulty. */
    private Path ofThisMachine() {
        NodeConfigLoad mixer = MixerHere.ofThisFolder().load(environment);
        if (!mixer.ok()) {
            return null;
        }
        Path file = Path.of(mixer.config().text(NodeKeys.BASE_DATA_DIR)).resolve("authority/ca.crt");
        return Files.isReadable(file) ? file : null;
    }
}
