package io.fluxrig.cli.mixer;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Option;

/** Where the mixer's API is, and the token for it. */
public class ApiOptions {
    static final String URL = "FLUXRIG_API_URL";

    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "the mixer's API, several with commas (FLUXRIG_API_URL, or that of this machine's mixer)")
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

    /**
     * What asks the mixer that is named, or else one of this machine.
     *
     * @throws CommandFailure if an address is none, or the token or the authority cannot be read
     */
    public MixerClient client(Console console) {
        ApiAccess access = new ApiAccess(tokenFile, caFile, console.environment());
        String address = address(console);
        String token = access.token();
        SSLContext trust = access.trust();
        try {
            return new MixerClient(console, new MixerAddresses(address), token, trust);
        } catch (IllegalArgumentException noAddress) {
            throw new CommandFailure(ExitCode.USAGE, "--api: " + noAddress.getMessage() + "; write http://host:port");
        }
    }

    private String address(Console console) {
        String named = url == null ? console.environment().get(URL) : url;
        return named == null ? MixerHere.ofThisFolder().apiUrl(console.environment()) : named;
    }
}
