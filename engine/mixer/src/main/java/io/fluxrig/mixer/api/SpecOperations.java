package io.fluxrig.mixer.api;

import io.fluxrig.engine.artefact.Artefact;
import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.iso.dialect.Dialect;
import io.fluxrig.iso.dialect.Dialects;
import io.fluxrig.iso.dialect.ImportNote;
import io.fluxrig.iso.reference.Reference;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.spec.Specs;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What the API does about specs. Dialects are read and references written on a worker, in {@link Turns}, for either may take long: the desk is
 * left to others. What waits there holds no spec yet.
 */
final class SpecOperations {
    private static final String COMPLETE = "complete";
    /** Less than whoever asks waits for an answer. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(25);

    private final Desk desk;
    private final Specs specs;
    private final WorkerExecutor worker;
    private final Turns turns = new Turns(ANSWER_MAX);

    /** @param worker of one thread */
    SpecOperations(Desk desk, Specs specs, WorkerExecutor worker) {
        this.desk = desk;
        this.specs = specs;
        this.worker = worker;
    }

    Map<String, Operation> all() {
        return Map.of(
                "listSpecs",
                call -> desk.ask(() -> list(call)),
                "importSpec",
                this::importSpec,
                "getSpec",
                call -> desk.ask(() -> get(call)),
                "specDoc",
                this::doc);
    }

    private Reply list(Call call) throws RefusedException {
        long offset = call.number("offset", 0);
        int limit = call.limit();
        List<Artefact> found = specs.list(call.query("name", "")).stream()
                .skip(offset)
                .limit(limit + 1L)
                .toList();
        return Reply.ok(Shown.page(found, limit, Shown::artefact, last -> Long.toString(offset + limit)));
    }

    private Reply get(Call call) throws RefusedException {
        Artefact found = specs.find(call.path("spec"));
        return Reply.ok(Shown.artefact(found).put("content", Base64.getEncoder().encodeToString(specs.content(found))));
    }

    /** A spec and what stands in it. */
    private record Kept(String reference, byte[] content) {}

    private CompletableFuture<Reply> doc(Call call) {
        boolean complete = call.query("scope", "public").equals(COMPLETE);
        String reference = call.path("spec");
        return apart(call, () -> {
            Kept kept = kept(reference);
            Dialect dialect = Dialects.read(kept.reference(), kept.content());
            return dialect.load().ok()
                    ? new Reply(
                            200,
                            DocumentPage.TYPE,
                            Reference.html(dialect.load().orThrow(), complete))
                    : unusable(kept.reference() + " does not load", faults(dialect));
        });
    }

    /** On the worker, which waits for the desk. */
    private Kept kept(String reference) throws Exception {
        try {
            return desk.ask(() -> {
                        Artefact found = specs.find(reference);
                        return new Kept(found.reference(), specs.content(found));
                    })
                    .join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    private CompletableFuture<Reply> importSpec(Call call) {
        String name = call.body().getString("name");
        String file = call.body().getString("file", name);
        boolean force = call.body().getBoolean("force", false);
        byte[] content;
        try {
            content = Base64.getDecoder().decode(call.body().getString("content"));
            ArtefactStore.check(name, call.body().getString("tag"), content);
        } catch (IllegalArgumentException noBase64) {
            return CompletableFuture.completedFuture(
                    Reply.problem(400, "Bad Request", "content is no base64: encode the file's bytes"));
        } catch (ArtefactException unusable) {
            return CompletableFuture.failedFuture(RefusedException.conflict(unusable.getMessage()));
        }
        return apart(call, () -> Dialects.read(file, content)).thenCompose(dialect -> {
            if (!dialect.load().ok()) {
                return CompletableFuture.completedFuture(unusable(file + " does not load", faults(dialect)));
            }
            if (!dialect.whole() && !force) {
                return CompletableFuture.completedFuture(
                        unusable(file + " holds what would be lost: describe that in it, or set force", lost(dialect)));
            }
            return desk.ask(
                    () -> Reply.ok(Shown.artefact(keep(call, name, dialect)).put("notes", notes(dialect))));
        });
    }

    private Artefact keep(Call call, String name, Dialect dialect) throws RefusedException {
        byte[] yaml = dialect.yaml().getBytes(StandardCharsets.UTF_8);
        return specs.add(name, call.body().getString("tag"), yaml, call.who());
    }

    private <T> CompletableFuture<T> apart(Call call, Callable<T> work) {
        return turns.take(
                call::isGone,
                () -> worker.executeBlocking(work, false).toCompletionStage().toCompletableFuture());
    }

    private static Reply unusable(String what, List<String> errors) {
        return Reply.unprocessable(what + " (" + errors.size() + (errors.size() == 1 ? " fault)" : " faults)"), errors);
    }

    private static List<String> faults(Dialect dialect) {
        return dialect.load().faults().stream().map(Object::toString).toList();
    }

    private static List<String> lost(Dialect dialect) {
        return dialect.notes().stream()
                .filter(note -> note.severity() == ImportNote.Severity.LOST)
                .map(ImportNote::toString)
                .toList();
    }

    /** Every difference, and what the spec itself warns of. */
    private static JsonArray notes(Dialect dialect) {
        JsonArray notes = new JsonArray();
        dialect.notes().forEach(note -> notes.add(note.toString()));
        faults(dialect).forEach(notes::add);
        return notes;
    }
}
