package io.fluxrig.transport.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {
    private final List<String> closed = new ArrayList<>();

    private Closeable part(String name) {
        return () -> closed.add(name);
    }

    /** The lock of the folder is the last of them: it stayed taken until the rack was started again. */
    @Test
    void shouldCloseWhatFollowsOneThatFailsHowever() {
        IllegalStateException unchecked = new IllegalStateException("gone");
        InternalError page = new InternalError("a page");
        assertThatThrownBy(() -> Parts.close(
                        () -> {
                            throw unchecked;
                        },
                        part("first"),
                        null,
                        () -> {
                            throw page;
                        },
                        part("lock")))
                .isInstanceOf(IOException.class)
                .hasCause(page)
                .satisfies(failed -> assertThat(failed.getSuppressed())
                        .singleElement()
                        .satisfies(before -> assertThat(before).hasCause(unchecked)));
        assertThat(closed).containsExactly("first", "lock");
    }

    /** As two files of one channel that is gone: it threw that nothing suppresses itself, and left the rest open. */
    @Test
    void shouldCloseWhatFollowsTwoThatFailWithTheSame() {
        IOException gone = new IOException("gone");
        Closeable failing = () -> {
            throw gone;
        };
        assertThatThrownBy(() -> Parts.close(failing, failing, part("lock"))).isSameAs(gone);
        assertThat(closed).containsExactly("lock");
    }

    @Test
    void shouldSayWhatFailed() {
        IOException full = new IOException("full");
        assertThatThrownBy(() -> Parts.close(
                        () -> {
                            throw full;
                        },
                        part("lock")))
                .isSameAs(full);
        assertThat(closed).containsExactly("lock");
    }
}
