package io.fluxrig.engine.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledArtefactsTest {
    private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private static Artefact acme(String tag, byte[] content, Instant added) {
        return new Artefact("acme", tag, ArtefactStore.hash(content), added);
    }

    private ArtefactSource bundledWith(Map<Artefact, byte[]> contents, ArtefactSource otherwise) throws IOException {
        for (Map.Entry<String, byte[]> file : BundledArtefacts.files(contents).entrySet()) {
            Path there = folder.resolve(BundledArtefacts.FOLDER).resolve(file.getKey());
            Files.createDirectories(there.getParent());
            Files.write(there, file.getValue());
        }
        return BundledArtefacts.beside(folder.resolve("pay.yaml"), otherwise);
    }

    private static byte[] untold(String reference) throws ArtefactException {
        throw new ArtefactException("no " + reference);
    }

    @Test
    void shouldNameWhatItHeldWhateverTheRackHas() throws Exception {
        ArtefactStore racks = new ArtefactStore(folder.resolve("own"), () -> Instant.EPOCH);
        racks.add("acme", "v2.0.0", NEW);
        ArtefactSource source = bundledWith(Map.of(acme("v1.0.0", OLD, Instant.EPOCH), OLD), racks);

        assertThat(source.content("acme:v1.0.0")).isEqualTo(OLD);
        assertThat(source.content("acme:latest")).isEqualTo(OLD);
        assertThat(source.content("sha256:" + ArtefactStore.hash(OLD).substring(0, 12)))
                .isEqualTo(OLD);
        assertThat(source.content("acme:v2.0.0")).isEqualTo(NEW);
    }

    @Test
    void shouldNotTakeTheRacksForOneThatWasDamaged() throws Exception {
        ArtefactSource source =
                bundledWith(Map.of(acme("v1.0.0", OLD, Instant.EPOCH), NEW), BundledArtefactsTest::untold);

        assertThatThrownBy(() -> source.content("acme:v1.0.0")).hasMessageContaining("was changed");
    }

    @Test
    void shouldAskElsewhereWhereNothingGoesWithTheScenario() {
        ArtefactSource source = BundledArtefacts.beside(folder.resolve("pay.yaml"), BundledArtefactsTest::untold);

        assertThatThrownBy(() -> source.content("acme:v1.0.0")).hasMessage("no acme:v1.0.0");
    }

    @Test
    void shouldMakeTheSameBytesWheneverItWasAdded() {
        Map<String, byte[]> one = BundledArtefacts.files(Map.of(acme("v1", OLD, Instant.EPOCH), OLD));
        Map<String, byte[]> other = BundledArtefacts.files(Map.of(acme("v1", OLD, Instant.ofEpochSecond(9)), OLD));

        assertThat(other.keySet()).isEqualTo(one.keySet());
        assertThat(other.get("index.json")).isEqualTo(one.get("index.json"));
    }
}
