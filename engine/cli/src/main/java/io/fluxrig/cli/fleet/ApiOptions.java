package io.fluxrig.cli.fleet;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfig;
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
import picocli.CommandLine.Option;

/** Where the mixer's API is, and the token for it. */
public class ApiOptions {
    private static final String URL = "FLUXRIG_API_URL";
    private static final String TOKEN = "FLUXRIG_API_TOKEN";

    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "the mixer's API, several with commas (FLUXRIG_API_URL, or port 8090 here)")
    String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "file with the API token (FLUXRIG_API_TOKEN, or that of this machine's mixer)")
    Path tokenFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "who signs the certificate of an https API: a copy of authority/ca.crt"
                    + " (FLUXRIG_API_CA_FILE, or that of this machine's mixer)")
    Path caFile;

    /** Whether a mixer is named at all: for commands that can do without one. */
    public boolean named(Console console) {
        return url != null || console.environment().containsKey(URL);
    }

    /** Whether an option says which mixer, or how to ask one. */
    public boolean onCommandLine() {
        return url != null || tokenFile != null || caFile != null;
    }

    /** What asks the mixer that is named, or else one of this machine. */
    public MixerClient client(Console console) {
        String address = url != null ? url : console.environment().getOrDefault(URL, "http://127.0.0.1:8090");
        try {
            return new MixerClient(console, address, token(console), trust(console.environment()));
        } catch (IllegalArgumentException noAddress) {
            throw new CommandFailure(ExitCode.USAGE, "--api: " + noAddress.getMessage() + "; write http://host:port");
        }
    }

    private String token(Console console) {
        String given = console.environment().get(TOKEN);
        if (tokenFile == null && given != null) {
            return given.strip();
        }
        Path file = tokenFile == null ? usual(console.environment()) : tokenFile;
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

    /** Whom a file that is named holds and nobody else, or whom the JVM trusts and beside them this machine's mixer, if there is one. */
    private SSLContext trust(Map<String, String> environment) {
        String named = environment.get("FLUXRIG_API_CA_FILE");
        if (caFile == null && named == null) {
            return new TlsFiles(ofThisMachine(environment), null, null).contextBesideTheJvms();
        }
        Path file = caFile == null ? Path.of(named) : caFile;
        if (!Files.isReadable(file)) {
            throw CommandFailure.failed(
                    "--ca-file " + file + " cannot be read; copy the mixer's authority/ca.crt there");
        }
        return new TlsFiles(file, null, null).context();
    }

    /** The authority of this machine's mixer, null for none; a command to another mixer does not need one whose file is faulty. */
    private static Path ofThisMachine(Map<String, String> environment) {
        NodeConfigLoad mixer = MixerHere.ofThisFolder().load(environment);
        if (!mixer.ok()) {
            return null;
        }
        Path file = Path.of(mixer.config().text(NodeKeys.BASE_DATA_DIR)).resolve("authority/ca.crt");
        return Files.isReadable(file) ? file : null;
    }

    private static Path usual(Map<String, String> environment) {
        return mixer(environment).dataPath(MixerKeys.API_TOKEN_FILE);
    }

    private static NodeConfig mixer(Map<String, String> environment) {
        NodeConfigLoad mixer = MixerHere.ofThisFolder().load(environment);
        if (!mixer.ok()) {
            throw new CommandFailure(
                    ExitCode.CONFIG,
                    "where the mixer keeps its token cannot be told: "
                            + mixer.faults().get(0) + "; name it with --token-file, or set " + TOKEN);
        }
        return mixer.config();
    }
}
