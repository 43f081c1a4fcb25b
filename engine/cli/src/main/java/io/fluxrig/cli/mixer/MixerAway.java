package io.fluxrig.cli.mixer;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.ExitCode;

/** No mixer answers, or leads, now; one may soon. */
final class MixerAway extends CommandFailure {
    private static final long serialVersionUID = 1;

    MixerAway(String message) {
        super(ExitCode.FAILED, message);
    }
}
