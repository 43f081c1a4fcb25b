package io.fluxrig.cli.fleet;

import io.fluxrig.cli.mixer.ApiJsonOptions;
import io.fluxrig.cli.mixer.MixerClient;
import io.fluxrig.cli.mixer.RackName;
import picocli.CommandLine.Parameters;

/**
 * One rack of a fleet, and where the mixer's API is. The rack comes first: a command's other parameters say their index, since they would
 * stand before a mixin's else.
 */
final class NamedRack extends ApiJsonOptions {
    @Parameters(index = "0", paramLabel = "RACK", description = "see 'admin racks list'")
    String name;

    /**
     * The rack's address in the API.
     *
     * @throws io.fluxrig.cli.console.CommandFailure where no rack can have that name
     */
    String path() {
        RackName.check(name);
        return "api/v1/racks/" + MixerClient.part(name);
    }
}
