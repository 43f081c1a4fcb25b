package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.SyncMode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store beneath has a library that reports its use over the network; it must not come back with an update. */
class NoAnalyticsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldNotHaveTheReportingLibraryOnTheClassPath() {
        assertThatThrownBy(() -> Class.forName("net.openhft.chronicle.analytics.Analytics"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void shouldDisableReportingShouldTheLibraryComeBack() throws Exception {
        new JournalRig(JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE), JournalRig.key(1), 1).close();
        assertThat(System.getProperty("chronicle.analytics.disable")).isEqualTo("true");
    }
}
