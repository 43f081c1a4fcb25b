package io.fluxrig.cli.load;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.load.LoadPlan;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whether to speak TLS, and whom to trust. */
final class TlsOptions {
    @Option(names = "--tls", description = "TLS, trusting the JDK's authorities")
    boolean enabled;

    @Option(names = "--tls-ca", paramLabel = "FILE", description = "TLS, trusting these PEM certificates")
    Path caFile;

    @Option(names = "--tls-insecure", description = "TLS, trusting anybody: for tests only")
    boolean insecure;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "own PEM certificate, with --tls-key")
    Path certFile;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "its key, PKCS#8 PEM")
    Path keyFile;

    /** Null for plain TCP. */
    LoadPlan.Tls tls() {
        if ((certFile == null) != (keyFile == null)) {
            throw new CommandFailure(ExitCode.USAGE, "--tls-cert and --tls-key go together");
        }
        if (insecure && caFile != null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--tls-ca trusts some, and --tls-insecure anybody: name one of them");
        }
        boolean any = enabled || caFile != null || insecure || certFile != null;
        return any ? new LoadPlan.Tls(caFile, insecure, certFile, keyFile) : null;
    }
}
