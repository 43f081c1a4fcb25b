package io.fluxrig.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.artefact.Artefact;
import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.artefact.Artefacts;
import io.fluxrig.mixer.registry.RegistryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnArtefactsTest {
    @TempDir
    private Path folder;

    private ArtefactStore store(String name) {
        return new ArtefactStore(folder.resolve(name), InstantSource.system());
    }

    @Test
    void shouldGiveWhatOthersHaveNotSomeAtATime() throws Exception {
        ArtefactStore files = store("files");
        ArtefactStore shared = store("shared");
        OwnArtefacts own = new OwnArtefacts(files, shared);
        shared.add("acme", "v0", new byte[] {0});
        for (int i = 0; i <= OwnArtefacts.AT_A_TIME + 1; i++) {
            files.add("acme", "v" + i, new byte[] {(byte) i});
        }

        own.giveSome();
        assertThat(shared.list()).hasSize(1 + OwnArtefacts.AT_A_TIME);

        own.giveSome();
        assertThat(shared.list()).hasSize(2 + OwnArtefacts.AT_A_TIME);

        files.add("acme", "w", new byte[] {1});
        own.giveSome();
        assertThat(shared.list()).as("it was looked before").hasSize(2 + OwnArtefacts.AT_A_TIME);
        own.lookAgain();
        own.giveSome();
        assertThat(shared.content("acme", "w")).containsExactly(1);
    }

    @Test
    void shouldGiveWhatLiesBesideADamagedOne() throws Exception {
        ArtefactStore files = store("files");
        ArtefactStore shared = store("shared");
        String hash = files.add("acme", "v1", new byte[] {1}).hash();
        files.add("acme", "v2", new byte[] {2});
        try (var blobs = Files.walk(folder.resolve("files"))) {
            Files.write(
                    blobs.filter(path -> path.getFileName().toString().contains(hash.substring(2)))
                            .findFirst()
                            .orElseThrow(),
                    new byte[] {9});
        }

        new OwnArtefacts(files, shared).giveSome();

        assertThat(shared.list())
                .singleElement()
                .satisfies(each -> assertThat(each.tag()).isEqualTo("v2"));
    }

    @Test
    void shouldGiveTheOthersFirstWhereTheRegistryFailsAtOne() throws Exception {
        ArtefactStore files = store("files");
        ArtefactStore shared = store("shared");
        files.add("acme", "heavy", new byte[] {1});
        files.add("acme", "light", new byte[] {2});
        AtomicInteger failures = new AtomicInteger(2);
        OwnArtefacts own = new OwnArtefacts(files, new Failing(shared, "heavy", failures));

        own.giveSome();
        assertThat(shared.list()).as("it failed").isEmpty();
        own.giveSome();
        assertThat(shared.list()).extracting(Artefact::tag).containsExactly("light");
        own.giveSome();
        assertThat(shared.list()).extracting(Artefact::tag).containsExactly("light", "heavy");
    }

    /** A registry that fails so many times at one tag. */
    private record Failing(Artefacts kept, String at, AtomicInteger times) implements Artefacts {
        @Override
        public Artefact add(String name, String tag, byte[] content) throws ArtefactException {
            if (tag.equals(at) && times.getAndDecrement() > 0) {
                throw new RegistryException("no answer in time");
            }
            return kept.add(name, tag, content);
        }

        @Override
        public List<Artefact> list() throws ArtefactException {
            return kept.list();
        }

        @Override
        public boolean has(String name, String tag) throws ArtefactException {
            return kept.has(name, tag);
        }

        @Override
        public byte[] content(String name, String tag) throws ArtefactException {
            return kept.content(name, tag);
        }
    }
}
