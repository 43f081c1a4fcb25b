package io.fluxrig.cli.mixer;

import com.fasterxml.jackson.databind.JsonNode;
import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.engine.artefact.Artefact;
import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactSource;
import io.fluxrig.engine.artefact.ArtefactStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The specs of a mixer, over its API. One thread; blocks as the client does. */
public final class MixerSpecs implements ArtefactSource {
    private static final String PATH = "api/v1/specs";

    private final MixerClient mixer;

    public MixerSpecs(MixerClient mixer) {
        this.mixer = mixer;
    }

    /** A question that may be interrupted, or go wrong. */
    private interface Question<T> {
        T ask() throws InterruptedException;
    }

    private static <T> T asked(Question<T> question) throws ArtefactException {
        try {
            return question.ask();
        } catch (CommandFailure refused) {
            throw new ArtefactException(refused.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ArtefactException("interrupted while the mixer was asked");
        }
    }

    @Override
    public byte[] content(String reference) throws ArtefactException {
        return asked(() -> mixer.spec(reference));
    }

    /**
     * All, or those of one name, in the order in which they were added.
     *
     * @param name empty for all
     */
    public List<Artefact> list(String name) throws ArtefactException {
        String of = name.isEmpty() ? "?" : "?name=" + MixerClient.part(name);
        JsonNode items = asked(() -> mixer.all(PATH + of, "offset"));
        List<Artefact> found = new ArrayList<>();
        items.forEach(each -> found.add(artefact(each)));
        return found;
    }

    /** Keeps a spec under a name and a tag. */
    public Artefact add(String name, String tag, byte[] yaml) throws ArtefactException {
        ArtefactStore.check(name, tag, yaml); // the mixer's document says less of names
        String content = Base64.getEncoder().encodeToString(yaml);
        return artefact(asked(() -> mixer.post(
                PATH, MixerClient.body().put("name", name).put("tag", tag).put("content", content))));
    }

    private static Artefact artefact(JsonNode shown) {
        return new Artefact(
                shown.path("name").asText(),
                shown.path("tag").asText(),
                shown.path("hash").asText(),
                Instant.parse(shown.path("added").asText()));
    }
}
