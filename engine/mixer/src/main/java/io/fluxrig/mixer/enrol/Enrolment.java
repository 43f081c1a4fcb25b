package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.config.Name;
import io.fluxrig.engine.control.Dropped;
import io.fluxrig.engine.control.Freshness;
import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.PublicKeys;
import io.fluxrig.engine.passport.Signed;
import io.fluxrig.engine.rack.RackState;
import io.fluxrig.mixer.bus.Granted;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.RegistryException;
import io.fluxrig.transport.bus.BusLogin;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits racks: a name belongs to the first key that said hello under it, until an operator removes it. Desk only.
 *
 * <pre>
 *   hello -> pending -> active (passport) <-> suspended -> removed
 * </pre>
 */
public final class Enrolment {
    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);
    private static final byte[] NONE = {};

    private final Registry registry;
    private final RackLine line;
    private final Logins logins;
    private final Passports passports;
    private final KeyGiver keys;
    private final EnrolSettings settings;
    private final HelloRefusals refusals;
    private final Descriptions descriptions;
    private final InstantSource clock;
    private final Copies copies;
    private final Knocks knocks;
    private final Removals removals;
    private final Announcement announcement;
    private final Gate gate;
    private final Dropped dropped;
    private final AtomicLong reminded = new AtomicLong();

    /** @param clockNs rises evenly, whatever is done to the machine's clock */
    public Enrolment(
            Registry registry,
            RackLine line,
            Logins logins,
            Issuer issuer,
            KeyGiver keys,
            EnrolSettings settings,
            InstantSource clock,
            LongSupplier clockNs) {
        this.registry = registry;
        this.line = line;
        this.logins = logins;
        this.passports = new Passports(registry, line, logins, issuer, settings.passportLifeMs(), clock);
        this.keys = keys;
        this.settings = settings;
        this.refusals = new HelloRefusals(registry, logins);
        this.descriptions = new Descriptions(registry, refusals, clock, clockNs);
        this.clock = clock;
        this.dropped = new Dropped(LOG, clock);
        this.copies = new Copies(new Runs(settings.awayMs(), clock, clockNs), registry, line, clock, clockNs);
        this.removals = new Removals(registry, line, logins);
        this.gate = new Gate(this::drop, clockNs);
        this.announcement = new Announcement(registry, line, logins, keys, gate);
        this.knocks = new Knocks(registry, settings.awayMs(), clock, clockNs);
        whenRemoved(copies::forget);
        whenRemoved(knocks::forget);
        whenRemoved(gate::forget);
        whenRemoved(descriptions::forget);
    }

    /** A rack, or somebody who would be one, says hello; answers, or drops what proves nothing. */
    public void hello(byte[] body, String replyTo) {
        try {
            Signed signed = Signed.read(body, Hello.LENGTH_MAX);
            Hello hello = signed.body(Hello.class);
            if (!signed.isFor(Hello.PURPOSE)) {
                drop("a hello that its key did not sign");
            } else if (!HelloRefusals.isInboxOfARack(replyTo) || hello.login().length != BusLogin.KEY_LENGTH) {
                drop("a hello that nobody can answer");
            } else if (!Freshness.isNear(hello.writtenMs(), clock.millis())) {
                refuse(
                        replyTo,
                        hello,
                        signed,
                        "its clock is more than " + Freshness.SKEW_MS / 1000 + " s away from the"
                                + " mixer's; set both");
            } else {
                answer(replyTo, hello, signed);
            }
        } catch (IOException malformed) {
            drop("a hello: " + malformed.getMessage());
        }
    }

    /**
     * Lets a rack that waits in.
     *
     * @param key fingerprint that the rack must have; empty for any
     */
    public RackEntry approve(String name, String key, String who) throws RefusedException {
        RackEntry rack = find(name);
        String has = PublicKeys.fingerprint(rack.key());
        if (!key.isEmpty() && !key.equalsIgnoreCase(has)) {
            throw RefusedException.conflict("not approved: the rack that said hello as '" + name + "' has key " + has);
        }
        check(rack, Standing.PENDING);
        return admit(rack, "operator", who);
    }

    /** Has a rack stop its gears and stay away until {@link #activate}. */
    public RackEntry suspend(String name, String who) throws RefusedException {
        RackEntry rack = find(name);
        check(rack, Standing.ACTIVE);
        RackEntry suspended = rack.as(Standing.SUSPENDED);
        registry.put(suspended, written(who, "rack.suspend", rack, ""));
        line.tell(suspended, Standing.SUSPENDED, "by an operator", Granted.NOTHING);
        return suspended;
    }

    /** Lets a rack that was suspended run again. */
    public RackEntry activate(String name, String who) throws RefusedException {
        RackEntry rack = find(name);
        check(rack, Standing.SUSPENDED);
        RackEntry active = rack.as(Standing.ACTIVE);
        registry.put(active, written(who, "rack.activate", rack, ""));
        return tellActive(active);
    }

    /** Has a rack take another passport now, whatever is left of the one that it has; its certificate follows at its next hello. */
    public RackEntry renew(String name, String who) throws RefusedException {
        RackEntry rack = find(name);
        check(rack, Standing.ACTIVE);
        return tellActive(passports.anew(rack, who));
    }

    /** Tells a rack its standing again where what it says of itself shows that it has not heard it. */
    void remind(RackEntry rack, Heartbeat heartbeat) {
        boolean stands = heartbeat.reason().equals(Standing.SUSPENDED);
        if (rack.standing().equals(Standing.ACTIVE) && stands) {
            tellActive(rack);
        } else if (rack.standing().equals(Standing.SUSPENDED)
                && !stands
                && !heartbeat.state().equals(RackState.DRAINING.word())) {
            line.tell(rack, Standing.SUSPENDED, "by an operator", Granted.NOTHING);
        } else {
            if (!rack.standing().equals(Standing.ACTIVE) || !keys.isDue(rack, heartbeat.keys())) {
                return;
            }
            tellOfKeys(rack);
        }
        reminded.incrementAndGet();
    }

    /** What tells every rack that was admitted its standing. */
    public Announcement announcement() {
        return announcement;
    }

    /** Tells a rack that was admitted that there are keys for it, or others; it says hello for them. */
    public void tellOfKeys(RackEntry rack) {
        if (rack.standing().equals(Standing.ACTIVE)) {
            line.tell(rack, Standing.ACTIVE, "", Granted.unasked(NONE, keys.markIfMade(rack)));
        }
    }

    /** Tells a rack that it is active, with its passport; the rack that has that. */
    private RackEntry tellActive(RackEntry rack) {
        RackEntry holder = passports.renewed(rack);
        line.tell(holder, Standing.ACTIVE, "", Granted.unasked(passports.signed(holder), keys.makeReady(holder)));
        return holder;
    }

    /** How often a rack had to be told its standing again; any thread. */
    public long reminded() {
        return reminded.get();
    }

    /**
     * Forgets a rack: its passport is worth nothing any more, its gears stop, its name is free.
     *
     * @return whether it is out; else NATS could not be told, lets it in still, and is told again
     */
    public boolean remove(String name, String who) throws RefusedException {
        RackEntry rack = registry.rack(name);
        if (rack == null) {
            // asked again where the registry had removed it and could not say so
            logins.expel(name);
            throw unknown(name);
        }
        removals.make(rack, written(who, "rack.remove", rack, PublicKeys.fingerprint(rack.key())));
        return !logins.isLetInStill(name);
    }

    /** Has another one forget each rack that is removed, also where that is found out later. */
    public void whenRemoved(Consumer<String> forget) {
        removals.whenMade(forget);
    }

    /** Whether a registry that failed has left something undone, for {@link #settle}; any thread. */
    public boolean isUnsettled() {
        return removals.areUnsettled() || copies.areUnwritten() || announcement.isUnsaid();
    }

    /**
     * Changes something in the registry, which may have failed, and does what it has left undone if it works again.
     *
     * @throws RegistryException if it fails still
     */
    public void settle() {
        // a change that is none: a number more or less does not matter, and once it is made those before it are made,
        // or never will be
        registry.nextSerial();
        removals.settle();
        copies.writeDown();
        announcement.goOn();
    }

    /** Messages that proved nothing; any thread. */
    public long dropped() {
        return dropped.count();
    }

    /** The rack that a heartbeat is of; null if it is nobody's key that signed it, or it came before. */
    RackEntry sender(Gate.Said said) {
        Heartbeat heartbeat = said.heartbeat();
        String name = heartbeat.rack();
        RackEntry rack = registry.rack(name);
        if (rack == null || !Arrays.equals(rack.key(), said.key())) {
            drop("a heartbeat for rack '" + (rack == null ? "?" : name) + "' that it did not sign");
            return null;
        }
        String old = copies.refusal(name, heartbeat.run(), heartbeat.atMs(), heartbeat.writtenMs());
        if (old != null) {
            drop("a heartbeat of rack '" + name + "': " + old);
            return null;
        }
        return rack;
    }

    /** What looks at what racks say ahead of the desk. */
    public Gate gate() {
        return gate;
    }

    /** Whose run a heartbeat or hello is of. */
    Copies copies() {
        return copies;
    }

    /** Who says hello under names of others. */
    Knocks knocks() {
        return knocks;
    }

    /** Counts what is not believed, and logs it now and then; any thread. */
    public void drop(String what) {
        dropped.add(what);
    }

    private RackEntry find(String name) throws RefusedException {
        RackEntry rack = registry.rack(name);
        if (rack == null) {
            throw unknown(name);
        }
        return rack;
    }

    private static void check(RackEntry rack, String standing) throws RefusedException {
        if (!rack.standing().equals(standing)) {
            throw RefusedException.conflict("rack '" + rack.name() + "' is " + rack.standing() + ", not " + standing);
        }
    }

    private static RefusedException unknown(String name) {
        return RefusedException.missing("no rack '" + name + "' has said hello");
    }

    private AuditEntry written(String who, String action, RackEntry rack, String detail) {
        return AuditEntry.of(clock.millis(), who, action, rack.name(), detail);
    }

    private void answer(String replyTo, Hello hello, Signed signed) {
        RackEntry rack = registry.rack(hello.rack());
        if (rack == null) {
            rack = meet(replyTo, hello, signed);
            if (rack == null) {
                return;
            }
        } else if (!Arrays.equals(rack.key(), signed.key())) {
            refuse(replyTo, hello, signed, HelloRefusals.nameTaken(rack), registry.isRevoked(signed.key()));
            knocks.knocked(rack, signed.key(), HelloText.shortened(hello.host()));
            return;
        } else if (copies.isOne(rack, hello, replyTo)) {
            return;
        } else {
            String refusal = descriptions.refusal(rack, hello);
            if (refusal != null) {
                refuse(replyTo, hello, signed, refusal);
                return;
            }
            rack = descriptions.keep(rack, hello);
        }
        if (!rack.standing().equals(Standing.PENDING)) {
            // has its login, unless that is another one now, or its approval was cut short
            logins.admit(rack.name(), rack.login());
            gate.learn(rack);
        }
        Granted granted = rack.standing().equals(Standing.ACTIVE) ? granted(rack, hello) : Granted.NOTHING;
        boolean removed = rack.standing().equals(Standing.PENDING) && registry.isRevoked(rack.key());
        line.answer(replyTo, hello, rack.key(), removed ? Standing.REMOVED : rack.standing(), "", granted);
    }

    private Granted granted(RackEntry rack, Hello hello) {
        RackEntry holder = passports.renewed(rack);
        String mark = hello.box().length == 0 ? "" : keys.makeReady(holder);
        byte[] given = mark.isEmpty() || mark.equals(hello.keys()) ? NONE : keys.give(holder, hello);
        return new Granted(passports.signed(holder), certificate(holder, hello), given, mark);
    }

    private byte[] certificate(RackEntry holder, Hello hello) {
        try {
            return passports.certificate(holder, hello);
        } catch (GeneralSecurityException noKey) {
            drop("the TLS key of rack '" + holder.name() + "', which is none on P-256");
            return NONE;
        }
    }

    /** A rack of a new name; null if it is not let wait. */
    private RackEntry meet(String replyTo, Hello hello, Signed signed) {
        boolean named = Name.refusal(hello.rack()).isEmpty();
        String refusal = named ? refusals.login(hello) : "no rack can have that name; " + Name.FIX;
        if (refusal != null) {
            refuse(replyTo, hello, signed, refusal);
            return null;
        }
        if (registry.racksOf(Standing.PENDING) >= settings.pendingMax()) {
            refuse(replyTo, hello, signed, "too many racks wait for approval already (enrollment.pending_max)");
            return null;
        }
        String host = HelloText.shortened(hello.host());
        String version = HelloText.shortened(hello.version());
        RackEntry rack = RackEntry.pending(hello.rack(), signed.key(), hello.login(), host, version, clock.millis());
        String whose = "key " + PublicKeys.fingerprint(rack.key()) + ", from " + rack.host();
        // written down where who watches the fleet sees it wait
        registry.put(rack, written("rack", "rack.hello", rack, whose));
        LOG.info("rack {} says hello ({})", rack.name(), whose);
        if (registry.isRevoked(rack.key())) {
            return rack;
        }
        String by = settings.adoption().by(rack.name());
        return by.isEmpty() ? rack : admit(rack, by, "mixer");
    }

    private RackEntry admit(RackEntry rack, String by, String who) {
        RackEntry admitted = rack.approved(by, clock.millis());
        String how = "key " + PublicKeys.fingerprint(rack.key()) + ", by " + by;
        registry.admit(admitted, written(who, "rack.approve", rack, how));
        logins.admit(rack.name(), rack.login());
        gate.learn(admitted);
        return tellActive(admitted);
    }

    private void refuse(String replyTo, Hello hello, Signed signed, String why) {
        refuse(replyTo, hello, signed, why, false);
    }

    /** @param removed whether it was admitted once: its gears stop, whoever has its name now */
    private void refuse(String replyTo, Hello hello, Signed signed, String why, boolean removed) {
        drop("a hello of key " + PublicKeys.fingerprint(signed.key()) + ": " + why);
        String word = removed ? Standing.REMOVED : Standing.REFUSED;
        line.answer(replyTo, hello, signed.key(), word, why, Granted.NOTHING);
    }
}
