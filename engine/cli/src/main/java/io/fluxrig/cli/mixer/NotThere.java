package io.fluxrig.cli.mixer;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.ExitCode;

/** What is asked for, or its address, is not there; it may be later. */
public final class NotThere extends CommandFailure {
    private static final long serialVersionUID = 1;

    NotThere(String message) {
        super(ExitCode.FAILED, message);
    }
}
