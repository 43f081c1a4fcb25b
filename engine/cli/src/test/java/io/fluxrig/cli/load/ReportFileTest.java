package io.fluxrig.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.load.report.Html;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
    @TempDir
    Path folder;

    @Test
    void shouldReplaceAnEarlierReport() throws IOException {
        Path file = Files.writeString(folder.resolve("report.html"), Html.page("earlier", "<p>1"));

        assertThatCode(() -> new ReportFile("--html", file)).doesNotThrowAnyException();
    }

    @Test
    void shouldMakeNoFolder() {
        Path file = folder.resolve("nope/report.html");

        assertThatThrownBy(() -> new ReportFile("--html", file))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("cannot write " + file + ": there is no folder " + folder.resolve("nope")
                        + "; make it, or choose another --html");
        assertThatThrownBy(() -> ReportFile.requireFolder("--hlog", file))
                .hasMessageEndingWith("; make it, or choose another --hlog");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldLeaveAFileOfSomebodyElseAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("mix.yaml"), "mix: {}\n");

        assertThatThrownBy(() -> new ReportFile("--html", file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("mix.yaml exists and is no such page; choose another --html, or remove it");
        assertThat(file).hasContent("mix: {}\n");
    }
}
