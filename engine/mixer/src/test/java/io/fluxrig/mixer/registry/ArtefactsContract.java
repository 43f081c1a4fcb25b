package io.fluxrig.mixer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.artefact.Artefact;
import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactLostException;
import io.fluxrig.engine.artefact.ArtefactStore;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What artefacts in a database are, whichever it is. */
abstract class ArtefactsContract {
    private static final byte[] BYTES = {1, 0, 2};

    private SqlStore store;
    private SqlArtefacts artefacts;

    /** A database without artefacts, with its tables. */
    abstract SqlStore make() throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = make();
        artefacts = new SqlArtefacts(store, store::together, InstantSource.system());
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void shouldGiveBackWhatWasKept() throws Exception {
        Artefact kept = artefacts.add("acme", "v1.0.0", BYTES);
        artefacts.add("acme", "v1.1.0", BYTES);

        assertThat(artefacts.content("acme", "v1.1.0")).containsExactly(BYTES);
        assertThat(artefacts.list()).extracting(Artefact::reference).containsExactly("acme:v1.0.0", "acme:v1.1.0");
        assertThat(kept.hash()).hasSize(64);
        assertThat(artefacts.has("acme", "v1.1.0")).isTrue();
        assertThat(artefacts.has("acme", "v1.2.0")).isFalse();
        assertThat(artefacts.has("other", "v1.1.0")).isFalse();
    }

    @Test
    void shouldKeepATagForEverTheSame() throws Exception {
        artefacts.add("acme", "v1.0.0", BYTES);
        artefacts.add("acme", "v1.0.0", BYTES);

        assertThatThrownBy(() -> artefacts.add("acme", "v1.0.0", new byte[] {9}))
                .isInstanceOf(ArtefactException.class)
                .hasMessageContaining("give it another tag");
        assertThat(artefacts.list()).hasSize(1);
    }

    @Test
    void shouldKeepNoMoreTagsThanAStoreOfFiles() throws Exception {
        artefacts.add("acme", "v1.0.0", BYTES);
        store.change(
                "INSERT INTO artefacts (name, tag, hash, added) SELECT 'other', 'v' || i, 'h', 0 FROM generate_series(2, "
                        + ArtefactStore.TAGS_MAX + ") t(i)");

        assertThatThrownBy(() -> artefacts.add("acme", "v1.1.0", BYTES))
                .isInstanceOf(ArtefactException.class)
                .hasMessageContaining("max=100000");
        assertThat(artefacts.add("acme", "v1.0.0", BYTES).tag())
                .as("which is there")
                .isEqualTo("v1.0.0");
    }

    @Test
    void shouldRefuseNamesThatNothingCanHave() {
        assertThatThrownBy(() -> artefacts.add("ACME'; --", "v1.0.0", BYTES)).isInstanceOf(ArtefactException.class);
    }

    @Test
    void shouldTellWhatIsMissingOrWasChanged() throws Exception {
        assertThatThrownBy(() -> artefacts.content("acme", "v9.0.0"))
                .isInstanceOf(ArtefactLostException.class)
                .hasMessageContaining("no acme:v9.0.0");
        artefacts.add("acme", "v1.0.0", BYTES);
        store.change("UPDATE blobs SET content = ?", (Object) new byte[] {1});

        assertThatThrownBy(() -> artefacts.content("acme", "v1.0.0"))
                .isInstanceOf(ArtefactLostException.class)
                .hasMessageContaining("were changed");
    }
}
