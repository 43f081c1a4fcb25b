package io.fluxrig.cli.console;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that fluxrig's own config stands in: where the process runs, or else where the launcher says it is. */
public final class Home {
    private Home() {}

    /** A file of the deployment. */
    public static Path file(String relative) {
        Path here = Path.of(relative);
        return Files.exists(here) ? here : folder().resolve(relative);
    }

    /** Of the deployment. */
    public static Path folder() {
        return Path.of(System.getProperty("fluxrig.home", "."));
    }
}
