package io.fluxrig.cli.console;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.fluxrig.load.report.Html;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageFileTest {
    @TempDir
    Path folder;

    @Test
    void shouldTakeAFileThatIsEmptyOrNotThere() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.html"));

        assertThatCode(() -> PageFile.requireReplaceable("--out", empty, Html::isPage))
                .doesNotThrowAnyException();
        assertThatCode(() -> PageFile.requireReplaceable("--out", folder.resolve("none.html"), Html::isPage))
                .doesNotThrowAnyException();
    }
}
