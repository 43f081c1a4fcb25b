package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.FolderSeal;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.KeySource;
import io.fluxrig.transport.journal.store.SyncMode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal whose rack gets another key. */
class JournalKeysTest {
    @TempDir
    private Path folder;

    private JournalRig open(int... keys) throws JournalException {
        JournalSettings settings = JournalRig.settings(folder.resolve("wire"), SyncMode.OS, DamagePolicy.REFUSE);
        return new JournalRig(
                settings,
                new KeySource() {
                    @Override
                    public byte[] key() {
                        return JournalRig.key(keys[0]);
                    }

                    @Override
                    public List<byte[]> others() {
                        List<byte[]> others = new ArrayList<>();
                        for (int i = 1; i < keys.length; i++) {
                            others.add(JournalRig.key(keys[i]));
                        }
                        return others;
                    }
                },
                1);
    }

    @Test
    void shouldDeliverWhatAnEarlierKeySealed() throws Exception {
        try (JournalRig before = open(1)) {
            before.send(1, 20);
        }
        try (JournalRig after = open(2, 1)) {
            after.send(21, 30);
            after.settle();
            assertThat(after.delivered).hasSize(30).isSorted().startsWith(1L).endsWith(30L);
        }
    }

    @Test
    void shouldGoOnWhereItStoppedUnderAnotherKey() throws Exception {
        try (JournalRig before = open(1)) {
            before.send(1, 20);
            before.settle();
            before.send(21, 25);
        }
        try (JournalRig after = open(2, 1)) {
            after.settle();
            assertThat(after.delivered).containsExactly(21L, 22L, 23L, 24L, 25L);
        }
    }

    @Test
    void shouldDeliverOverTwoChangesOfKeys() throws Exception {
        try (JournalRig before = open(1)) {
            before.send(1, 5);
        }
        try (JournalRig both = open(2, 1)) {
            both.settle();
            both.send(6, 9);
        }
        try (JournalRig all = open(3, 2, 1)) {
            all.settle();
            assertThat(all.delivered).containsExactly(6L, 7L, 8L, 9L);
        }
    }

    @Test
    void shouldRefuseToOpenWithoutTheKeyThatSealed() throws Exception {
        try (JournalRig before = open(1)) {
            before.send(1, 5);
        }
        assertThatThrownBy(() -> open(2, 3))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("was made with another key")
                .hasMessageContaining("keys.cbor");
        try (JournalRig again = open(1)) {
            again.settle();
            assertThat(again.delivered).hasSize(5);
        }
    }

    @Test
    void shouldOpenUnderTheNewKeyAloneOnceItWasOpenedWithBoth() throws Exception {
        open(1).close();
        open(2, 1).close();

        assertThatCode(() -> openIdentity(2)).doesNotThrowAnyException();
        assertThatThrownBy(() -> openIdentity(1))
                .as("the key it was made with, alone")
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("was made with another key");
    }

    private void openIdentity(int key) throws Exception {
        FolderSeal.open(
                folder.resolve("wire"),
                JournalRig.settings(folder.resolve("wire"), SyncMode.OS, DamagePolicy.REFUSE)
                        .identity(),
                () -> JournalRig.key(key),
                new SecureRandom());
    }
}
