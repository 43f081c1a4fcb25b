package io.fluxrig.mixer;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.log.RackLog;
import io.fluxrig.engine.metrics.ProcessMetrics;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.engine.passport.PublicKeys;
import io.fluxrig.mixer.api.Api;
import io.fluxrig.mixer.api.TokenFile;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.enrol.Adoption;
import io.fluxrig.mixer.enrol.EnrolSettings;
import io.fluxrig.mixer.enrol.Enrolment;
import io.fluxrig.mixer.enrol.Fleet;
import io.fluxrig.mixer.enrol.RollCall;
import io.fluxrig.mixer.lead.Leadership;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.RegistryException;
import io.fluxrig.mixer.scenario.ScenarioVersions;
import io.fluxrig.mixer.scenario.Scenarios;
import io.fluxrig.mixer.secret.FleetKeys;
import io.fluxrig.mixer.spec.Specs;
import io.fluxrig.mixer.tail.Feed;
import io.fluxrig.mixer.tail.FleetWatch;
import io.fluxrig.transport.bus.BusListener;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mixer's parts, from opening to closing: registry, NATS, the desk where everything is decided, the API. Made, started and closed by
 * one thread, which may block.
 */
final class MixerSupervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MixerSupervisor.class);
    private static final long NS_PER_MS = 1_000_000;
    private static final long STOP_SECONDS_MAX = 20;
    /** A registry that failed is tried that often, where nobody changes anything either, and what it left undone done. */
    private static final long REGISTRY_LOOK_MS = 5_000;

    private final NodeConfig config;
    private final Path data;
    private final MixerTls tls;
    private final NodeKey authority;
    private final TokenFile token;
    private final Registry registry;
    private final MixerNats nats;
    private final Leadership leadership = new Leadership();
    private final Desk desk = new Desk(leadership::leads);
    private final MixerLead lead;
    private final AtomicLong unkept = new AtomicLong();
    private final RackLine line;
    private final MixerSecrets secrets;
    private final FleetKeys keys;
    private final Enrolment enrolment;
    private final Fleet fleet;
    private final RollCall rollCall;
    private final Scenarios scenarios;
    private final FleetWatch watch;
    private final Vertx vertx;
    private final Api api;

    private MixerSupervisor(NodeConfig config, String version, RackLog log, MixerRegistry kept)
            throws PassportException {
        Clock clock = Clock.systemUTC();
        this.config = config;
        this.data = Path.of(config.text(NodeKeys.BASE_DATA_DIR));
        this.registry = kept.registry();
        this.tls = MixerTls.open(config, data, clock);
        this.authority = tls.authority().signing();
        this.lead = new MixerLead(config, leadership, kept, authority, clock);
        lead.open();
        this.token = TokenFile.open(config.dataPath(MixerKeys.API_TOKEN_FILE));
        this.nats = MixerNats.of(config, tls.authority(), tls.certificate());
        this.line = new RackLine(nats.bus(), authority, leadership::epoch, clock);
        Specs specs = new Specs(kept.artefacts(), kept.hasArtefacts(), registry, clock);
        ScenarioVersions versions = new ScenarioVersions(registry, kept.artefacts(), specs, line::bodyMax, clock);
        this.scenarios = new Scenarios(
                registry,
                versions,
                line,
                nats,
                config.durationNs(MixerKeys.MIXER_PUSH_AGAIN),
                clock,
                System::nanoTime,
                this::damaged);
        EnrolSettings settings = new EnrolSettings(
                adoption(config, scenarios),
                config.number(MixerKeys.ENROLLMENT_PENDING_MAX),
                config.durationNs(MixerKeys.ENROLLMENT_PASSPORT_LIFE) / NS_PER_MS,
                config.durationNs(MixerKeys.MIXER_RACK_AWAY) / NS_PER_MS);
        String fleetName = PublicKeys.fingerprint(authority.publicKey());
        this.secrets = new MixerSecrets(config, fleetName, registry.secrets(), desk, clock, System.getenv());
        this.keys = new FleetKeys(secrets.store(), new SecureRandom(), System::nanoTime);
        this.enrolment =
                new Enrolment(registry, line, nats, tls.authority()::rack, keys, settings, clock, System::nanoTime);
        enrolment.whenRemoved(scenarios::forget);
        this.fleet = new Fleet(enrolment, settings.awayMs(), clock, System::nanoTime);
        this.rollCall = new RollCall(
                registry,
                fleet,
                leadership::leads,
                leadership::epoch,
                line::connected,
                settings.awayMs(),
                System::nanoTime);
        enrolment.whenRemoved(rollCall::forget);
        this.vertx = vertx(data.toAbsolutePath());
        RackMetrics metrics = metrics(log);
        FleetMetrics.register(metrics, fleet::paces, rollCall::there);
        this.watch = new FleetWatch(registry, fleet::isThere, clock);
        Feed feed = new Feed(watch, desk, leadership::leads, vertx, metrics);
        this.api = new Api(
                vertx,
                token,
                config.number(MixerKeys.API_BODY_MAX),
                new Api.Parts(
                        desk,
                        registry,
                        enrolment,
                        fleet,
                        scenarios,
                        versions,
                        specs,
                        line,
                        leadership,
                        feed,
                        secrets.store(),
                        keys),
                metrics,
                clock,
                version);
    }

    /**
     * Opens what is on the disk; nothing runs yet.
     *
     * @throws PassportException if something there cannot be used; the text is for the operator
     */
    static MixerSupervisor open(NodeConfig config, String version, RackLog log) throws PassportException {
        MixerRegistry kept = MixerRegistry.open(config, Clock.systemUTC());
        boolean opened = false;
        try {
            MixerSupervisor mixer = new MixerSupervisor(config, version, log, kept);
            opened = true;
            return mixer;
        } finally {
            if (!opened) {
                kept.registry().close();
            }
        }
    }

    private static Adoption adoption(NodeConfig config, Scenarios scenarios) {
        if (config.flag(MixerKeys.ENROLLMENT_AUTO_ADOPT)) {
            return Adoption.EVERYBODY;
        }
        return config.flag(MixerKeys.ENROLLMENT_ADOPT_DECLARED)
                ? rack -> scenarios.declares(rack) ? "scenario" : ""
                : Adoption.NOBODY;
    }

    /** Starts everything; the lines that say what is ready. */
    List<String> start() throws PassportException {
        nats.start(registry, scenarios::rights);
        line.start(listener(this::hello), listener((replyTo, body) -> heartbeat(body)));
        Address bind = Address.parse(config.text(MixerKeys.API_BIND)).orElseThrow();
        vertx.setPeriodic(REGISTRY_LOOK_MS, tick -> {
            desk.offer(registry::tidy);
            desk.offer(this::callRoll);
            if (nats.managed()) {
                line.lookAtStreams();
            }
            if (!registry.isUp() || registry.isUnsettled() || enrolment.isUnsettled()) {
                desk.offer(this::tryRegistry);
            }
        });
        boolean https = tls.onApi();
        int port = api.listen(bind, https ? tls.certificate().files() : null)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        tls.keepRenewed(vertx, nats, api::certificateRenewed);
        String host = bind.host().isEmpty() ? "localhost" : bind.host();
        String url = (https ? "https://" : "http://") + new Address(host, port);
        lead.start(desk, enrolment, keys, secrets.store(), nats.bus(), url);
        List<String> lines = new ArrayList<>(List.of(
                "mixer runs; API on " + url + " (page: /docs), NATS on " + nats.shown(),
                "API token: " + config.dataPath(MixerKeys.API_TOKEN_FILE).toAbsolutePath(),
                "racks show this mixer's key as " + PublicKeys.fingerprint(authority.publicKey()) + "; whole, for their"
                        + " snake.authority: " + PublicKeys.text(authority.publicKey())));
        lines.addAll(tls.lines(nats, bind));
        return lines;
    }

    private void tryRegistry() {
        try {
            enrolment.settle();
        } catch (RegistryException still) {
            LOG.debug("{}", still.getMessage());
        }
    }

    private void callRoll() {
        try {
            rollCall.look();
        } catch (RegistryException away) {
            LOG.debug("which racks are there is not known: {}", away.getMessage());
        }
    }

    /** What is too much, or proves nothing, is dropped ahead of the desk, where all else waits too. */
    private void hello(String replyTo, byte[] body) {
        if (enrolment.gate().hello(body)) {
            desk.offer(() -> unlessAway(() -> {
                enrolment.hello(body, replyTo);
                fleet.hello(body);
            }));
        }
    }

    private void heartbeat(byte[] body) {
        enrolment
                .gate()
                .heartbeat(body)
                .ifPresent(said -> desk.offer(() -> unlessAway(() -> fleet.heartbeat(said, this::heard))));
    }

    private void heard(RackEntry rack, Heartbeat heartbeat) {
        if (fleet.isFirstSinceHello(rack)) {
            scenarios.greeted(rack.name());
        }
        boolean news = scenarios.heard(rack, heartbeat);
        watch.heard(rack, heartbeat, news);
    }

    private void damaged(ActivationEntry ended) {
        watch.damaged(ended);
    }

    @Override
    public void close() {
        nats.expectEnd();
        lead.close();
        line.close();
        // one after the other: what follows a close of Vert.x has no event loop to run on
        await(api.close());
        await(vertx.close());
        desk.close();
        secrets.close();
        nats.close();
        registry.close();
    }

    private static void await(Future<Void> closed) {
        closed.toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(null, STOP_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
    }

    /** Whoever asks the mixer to stop may ask all of its processes, as Ctrl-C does; any thread. */
    void expectEnd() {
        nats.expectEnd();
    }

    /** What of a message is to be done, on the thread that brought it. */
    private interface Deal {
        void with(String replyTo, byte[] body);
    }

    /** Too long for what racks say: dropped before it waits. What another mixer is told is nobody's here. */
    private BusListener listener(Deal deal) {
        return (subject, replyTo, body) -> {
            if (!leadership.leads()) {
                return;
            }
            if (body.length > RackLine.heardMax()) {
                enrolment.drop("a message that is too long: bytes=" + body.length);
            } else {
                deal.with(replyTo, body);
            }
        };
    }

    /** The registry says that it is away, once; what racks say they say again. */
    private void unlessAway(Runnable deal) {
        try {
            deal.run();
        } catch (RegistryException away) {
            unkept.incrementAndGet();
            LOG.debug("a message of a rack is not dealt with: {}", away.getMessage());
        }
    }

    private RackMetrics metrics(RackLog log) {
        RackMetrics metrics = new RackMetrics();
        ProcessMetrics.register(metrics);
        metrics.counter("log_dropped_total", "Log lines dropped because the queue was full.", log::dropped);
        metrics.counter(
                "mixer_refused_total", "Questions and messages refused because too many waited.", desk::refused);
        metrics.counter("mixer_dropped_total", "Messages of racks that proved nothing.", enrolment::dropped);
        metrics.counter("mixer_heartbeats_total", "Heartbeats of racks that were believed.", fleet::heard);
        metrics.counter(
                "mixer_reminded_total",
                "Times a rack was told its standing again because it had not heard it.",
                enrolment::reminded);
        metrics.counter(
                "mixer_hellos_refused_total",
                "Hellos dropped because one rack, or those that are not known, said too many in a second.",
                enrolment.gate()::hellosRefused);
        metrics.counter(
                "mixer_heartbeats_refused_total",
                "Heartbeats dropped because one rack, or those that are not known, said too many in a second.",
                enrolment.gate()::heartbeatsRefused);
        metrics.counter(
                "mixer_unkept_total",
                "Messages of racks that were not dealt with because the registry was away.",
                unkept::get);
        metrics.level("registry_up", "1 while the registry does what it is asked for.", () -> registry.isUp() ? 1 : 0);
        metrics.level(
                "secrets_open",
                "1 while whoever keeps the mixer's keys does what it is asked for.",
                () -> secrets.store().trouble().isEmpty() ? 1 : 0);
        metrics.counter(
                "secrets_failures_total",
                "Times that whoever keeps the mixer's keys did not do what it was asked for.",
                secrets.store()::failures);
        metrics.level("mixer_leads", "1 while this mixer decides.", () -> leadership.leads() ? 1 : 0);
        metrics.counter("mixer_terms_total", "Times that this mixer has begun to lead.", lead::terms);
        metrics.level("mixer_unheard", "Messages of racks that have come and were not looked at yet.", line::unheard);
        metrics.counter(
                "mixer_unheard_dropped_total",
                "Messages of racks that the NATS client dropped because too many were not looked at yet.",
                line::dropped);
        metrics.level("mixer_waiting", "Questions and messages that wait for the mixer.", desk::waiting);
        metrics.level("snake_connected", "1 while there is a connection to NATS.", () -> line.connected() ? 1 : 0);
        metrics.counter("mixer_nats_restarts_total", "Times that nats-server had to be started again.", nats::restarts);
        metrics.counter(
                "mixer_nats_unapplied_total",
                "Times that nats-server could not be told who may log in and do what; tried again.",
                nats::unapplied);
        return metrics;
    }

    /** Leaves a folder in there unless it is closed. */
    static Vertx vertx(Path data) {
        OldCaches.remove(data);
        VertxOptions options = new VertxOptions().setEventLoopPoolSize(1);
        // the schemas that the document is checked against are in a jar, and read as files
        options.getFileSystemOptions()
                .setFileCacheDir(data.resolve(OldCaches.NAME).toString());
        return Vertx.vertx(options);
    }
}
