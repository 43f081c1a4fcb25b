package io.fluxrig.mixer.api;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.window.ApiConnections;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.enrol.Enrolment;
import io.fluxrig.mixer.enrol.Fleet;
import io.fluxrig.mixer.lead.Leadership;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.scenario.ScenarioVersions;
import io.fluxrig.mixer.scenario.Scenarios;
import io.fluxrig.mixer.secret.FleetKeys;
import io.fluxrig.mixer.secret.SecretStore;
import io.fluxrig.mixer.spec.Specs;
import io.fluxrig.mixer.tail.Feed;
import io.fluxrig.transport.bus.TlsFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Puts the API together. */
public final class Api {
    /** Questions that take the desk longest, or much memory: of those who may only read one is answered at a time. */
    private static final Set<String> LARGE = Set.of("topology", "getScenario", "getSpec", "specDoc");

    /** No less than what one of them takes at most. */
    private final Turns readers = new Turns(Duration.ofSeconds(25));

    private final ApiServer server;
    private final JsonObject document = document();

    /**
     * @param bodyMax bytes of a request's body at most
     * @param version of fluxrig
     */
    public Api(
            Vertx vertx,
            TokenFile token,
            long bodyMax,
            Parts parts,
            RackMetrics metrics,
            InstantSource clock,
            String version) {
        Map<String, Operation> operations = new HashMap<>();
        operations.putAll(new RackOperations(
                        parts.desk(), parts.registry(), parts.enrolment(), parts.fleet(), parts.line(), clock)
                .all());
        operations.putAll(
                new ScenarioOperations(parts.desk(), parts.registry(), parts.versions(), parts.scenarios()).all());
        operations.putAll(
                new SpecOperations(parts.desk(), parts.specs(), vertx.createSharedWorkerExecutor("specs", 1)).all());
        operations.putAll(
                new KeyOperations(parts.desk(), parts.registry(), parts.enrolment(), parts.secrets(), parts.keys())
                        .all());
        operations.putAll(new MixerOperations(
                        parts.desk(),
                        parts.registry(),
                        parts.fleet(),
                        parts.versions(),
                        parts.line(),
                        parts.leadership(),
                        metrics,
                        document,
                        version,
                        parts.feed(),
                        parts.secrets())
                .all());
        LARGE.forEach(name -> operations.computeIfPresent(name, (same, operation) -> inTurn(operation)));
        this.server = new ApiServer(
                vertx,
                token,
                names -> parts.desk().ask(() -> {
                    parts.registry()
                            .audit("mixer", "api.tokens", "api.token_file", "those of " + names, clock.millis());
                    return names;
                }),
                BodyBudget.ofTheHeap(bodyMax),
                operations,
                parts.leadership(),
                new ApiConnections(vertx, metrics),
                System::nanoTime);
    }

    /** For those who may only read; whoever may change something waits for none of them. */
    private Operation inTurn(Operation operation) {
        return call -> call.reads() ? readers.take(call::isGone, () -> operation.answer(call)) : operation.answer(call);
    }

    /** What the API is about. */
    public record Parts(
            Desk desk,
            Registry registry,
            Enrolment enrolment,
            Fleet fleet,
            Scenarios scenarios,
            ScenarioVersions versions,
            Specs specs,
            RackLine line,
            Leadership leadership,
            Feed feed,
            SecretStore secrets,
            FleetKeys keys) {}

    /**
     * Listens; the port. Fails with one clear line if the address is taken.
     *
     * @param tls what is shown over TLS; null for plain HTTP
     */
    public Future<Integer> listen(Address bind, TlsFiles tls) {
        return server.listen(bind, tls, document);
    }

    /** Has the certificate shown as its files are now. */
    public void certificateRenewed() {
        server.certificateRenewed();
    }

    public Future<Void> close() {
        return server.close();
    }

    /** The document, as it ships. */
    static JsonObject document() {
        try (InputStream in = Api.class.getResourceAsStream("openapi.json")) {
            return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
