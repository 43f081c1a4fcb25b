package io.fluxrig.cli.mixer;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.config.Name;

/** Names of racks as a user types them: said here what is wrong with one, since the mixer repeats nothing that it is sent. */
public final class RackName {
    private RackName() {}

    /** Ends the command where no rack can have that name. */
    public static void check(String rack) {
        Name.refusal(rack).ifPresent(refusal -> {
            String several = rack.contains(",") ? "; several racks: --rack ONE --rack OTHER" : "";
            throw new CommandFailure(
                    ExitCode.USAGE, "no rack can be called that: " + refusal.what() + "; " + refusal.fix() + several);
        });
    }
}
