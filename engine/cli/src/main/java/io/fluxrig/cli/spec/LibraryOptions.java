package io.fluxrig.cli.spec;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.mixer.ApiOptions;
import io.fluxrig.cli.mixer.MixerSpecs;
import picocli.CommandLine.Mixin;

/** Where specs are kept: with the mixer, if one is named, or else in a folder as {@link StoreOptions} has it. */
final class LibraryOptions extends StoreOptions {
    @Mixin
    ApiOptions api;

    @Override
    SpecLibrary library(Console console) {
        if (store == null && api.named(console)) {
            return new SpecLibrary.Remote(new MixerSpecs(api.client(console)));
        }
        if (store != null && api.onCommandLine()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--store is a folder here, and --api, --token-file and --ca-file are for a mixer's store: name one of them");
        }
        if (api.onCommandLine()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--token-file and --ca-file are for a mixer's store, and no mixer is named: name one with --api");
        }
        return super.library(console);
    }
}
