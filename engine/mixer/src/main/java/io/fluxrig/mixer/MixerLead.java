package io.fluxrig.mixer;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.engine.passport.PublicKeys;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.enrol.Enrolment;
import io.fluxrig.mixer.lead.LeaderCard;
import io.fluxrig.mixer.lead.Leadership;
import io.fluxrig.mixer.lead.LeaseKeeper;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.RegistryException;
import io.fluxrig.mixer.secret.FleetKeys;
import io.fluxrig.mixer.secret.SecretStore;
import io.fluxrig.transport.bus.ControlBus;
import io.fluxrig.transport.lease.Lease;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a mixer comes to lead: at its start where the registry is its own, by the lease where others may share it. Begun and closed by the thread
 * that starts the mixer; duties are done on the desk.
 */
final class MixerLead implements LeaseKeeper.Duties, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MixerLead.class);
    private static final String BUCKET = "fluxrig-mixer";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RUN_LENGTH = 16;

    private final NodeConfig config;
    private final Leadership leadership;
    private final Registry registry;
    private final NodeKey authority;
    private final OwnArtefacts own;
    private final InstantSource clock;
    private final String who = host() + ", pid " + ProcessHandle.current().pid();
    private Desk desk;
    private Enrolment enrolment;
    private FleetKeys keys;
    private SecretStore secrets;
    /** Whether those who keep the keys have answered since this mixer leads; desk only. */
    private final AtomicBoolean prepared = new AtomicBoolean();

    /** The epoch whose beginning stands in the audit log; desk only. */
    private long audited;
    /** Null where there is no lease. */
    private volatile LeaseKeeper keeper;

    MixerLead(NodeConfig config, Leadership leadership, MixerRegistry kept, NodeKey authority, InstantSource clock) {
        this.config = config;
        this.leadership = leadership;
        this.registry = kept.registry();
        this.own = kept.own();
        this.authority = authority;
        this.clock = clock;
    }

    /**
     * Sees whose racks the registry holds; where it is this mixer's own, this mixer leads them.
     *
     * @throws PassportException if they are those of another mixer
     */
    void open() throws PassportException {
        String mine = PublicKeys.text(authority.publicKey());
        String theirs = registry.claim(mine);
        if (!theirs.equals(mine)) {
            throw new PassportException(
                    "the registry is of mixers with key " + theirs + ", and authority/authority.key" + " is " + mine
                            + ": copy the folder authority/ of a mixer that uses that registry, or name another registry");
        }
        if (!MixerRegistry.isShared(config)) {
            leadership.begin(registry.lead(who, clock.millis(), () -> true), () -> true);
        }
    }

    /**
     * Begins to compete for the lease, where there are others, else to lead.
     *
     * @param api where this mixer's is
     */
    void start(Desk decides, Enrolment racks, FleetKeys fleetKeys, SecretStore store, ControlBus bus, String api) {
        desk = decides;
        enrolment = racks;
        keys = fleetKeys;
        secrets = store;
        if (!MixerRegistry.isShared(config)) {
            desk.offer(this::begun);
            return;
        }
        byte[] run = new byte[RUN_LENGTH];
        RANDOM.nextBytes(run);
        LeaderCard card = new LeaderCard(reachable(config, api), who, run);
        Duration length = Duration.ofNanos(config.durationNs(MixerKeys.MIXER_LEASE));
        Lease lease = new Lease(
                bus.lease(BUCKET, length, length.dividedBy(4)),
                card.sign(authority),
                length.toNanos(),
                System::nanoTime);
        keeper = new LeaseKeeper(lease, leadership, desk, this, authority, length.toNanos(), System::nanoTime);
        keeper.start();
    }

    /** Where others reach the API that is at {@code api} here; empty if they cannot. */
    static String reachable(NodeConfig config, String api) {
        String advertised = config.text(MixerKeys.API_ADVERTISE);
        boolean loopback =
                Address.parse(config.text(MixerKeys.API_BIND)).orElseThrow().isLoopback();
        return advertised.isEmpty() && !loopback ? api : advertised;
    }

    /** How often this mixer has begun to lead; any thread. */
    long terms() {
        LeaseKeeper now = keeper;
        return now == null ? 1 : now.terms();
    }

    @Override
    public long begin(BooleanSupplier held) {
        return registry.lead(who, clock.millis(), held);
    }

    @Override
    public void led() {
        long epoch = leadership.epoch();
        if (audited != epoch) {
            registry.audit("mixer", "mixer.lead", who, "epoch " + epoch, clock.millis());
            audited = epoch;
        }
        keys.forget();
        prepared.set(false);
        begun();
        own.lookAgain();
        own.giveSome();
    }

    /** Whoever keeps the keys has answered by the time that racks ask for theirs. */
    private void begun() {
        prepare();
        enrolment.announcement().begin();
        announceMore();
    }

    /** Some at a time: whatever else comes to the desk is done in between. */
    private void announceMore() {
        try {
            if (enrolment.announcement().goOn()) {
                desk.offer(this::announceMore);
            }
        } catch (RegistryException away) {
            LOG.warn("racks are told who leads once the registry answers: {}", away.getMessage());
        }
    }

    private void prepare() {
        if (!prepared.get()) {
            prepared.set(keys.prepare());
        }
    }

    @Override
    public void check() {
        registry.check();
        if (leadership.leads()) {
            prepare();
            // of the time when it stood by, perhaps
            secrets.lookAgain();
            own.giveSome();
        }
    }

    @Override
    public void reach() {
        registry.reach();
    }

    @Override
    public void standsBy() {
        secrets.look();
    }

    @Override
    public void close() {
        if (keeper != null) {
            keeper.close();
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "unknown";
        }
    }
}
