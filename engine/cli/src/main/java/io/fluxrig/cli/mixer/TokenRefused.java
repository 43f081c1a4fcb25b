package io.fluxrig.cli.mixer;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.ExitCode;

/** A mixer does not let this token do what is asked, and will not later. */
public final class TokenRefused extends CommandFailure {
    private static final long serialVersionUID = 1;

    TokenRefused(String message) {
        super(ExitCode.FAILED, message);
    }
}
