package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.engine.passport.Signed;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.bus.WireRights;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.ControlBus;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Racks that say hello and how they are, to a mixer that lets everybody in and has no NATS. */
final class RacksOfATest implements AutoCloseable {
    static final String INBOX = "_INBOX.enrol.a1";
    static final long AWAY_MS = 1_000;

    private final Path folder;
    final Registry registry;
    final Enrolment enrolment;
    final Fleet fleet;
    final List<Heartbeat> heard = new ArrayList<>();
    /** Racks that were told that there are keys, or none. */
    final List<String> asked = new ArrayList<>();

    /** Logins that were let in in the place of none, or of others. */
    final List<byte[]> letIn = new ArrayList<>();

    private final Map<String, byte[]> logins = new TreeMap<>();
    long nowMs = 1_000_000;
    /** How far the machine's clock was set. */
    long setMs;

    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs + setMs);

    RacksOfATest(Path folder) throws PassportException {
        this.folder = folder;
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        ControlBus none = new ControlBus(
                new BusSettings(List.of("nats://127.0.0.1:1"), "test", RackLine.INBOX, null, null, null, true));
        enrolment = new Enrolment(
                registry,
                new RackLine(none, NodeKey.ephemeral(), () -> 1, clock),
                new Admitted(),
                (rack, key, untilMs) -> new byte[0],
                new Keyless(),
                new EnrolSettings(Adoption.EVERYBODY, 8, 90_000, AWAY_MS),
                clock,
                () -> nowMs * 1_000_000);
        fleet = new Fleet(enrolment, AWAY_MS, clock, () -> nowMs * 1_000_000);
    }

    NodeKey key(String name) throws PassportException {
        return NodeKey.open(folder.resolve(name + ".key"));
    }

    /** Says hello with the login of that name. */
    void hello(String rack, String login) throws PassportException {
        hello(rack, login, null, false);
    }

    /**
     * The same of a run.
     *
     * @param run null of a rack of before
     * @param copied whether it says that it was stopped as a copy
     */
    void hello(String rack, String login, Long run, boolean copied) throws PassportException {
        Hello hello = new Hello(
                rack,
                key(login).publicKey(),
                "1",
                "host",
                clock.millis(),
                new byte[Hello.NONCE_LENGTH],
                new byte[0],
                0L,
                null,
                null,
                clock.millis(),
                run,
                copied);
        byte[] said = Signed.of(key(rack), Hello.PURPOSE, hello).write();
        enrolment.hello(said, INBOX);
        fleet.hello(said);
    }

    /** Says how it is, a second after what was said before. */
    void heartbeat(String rack, String state, String scenario, String version, String outcome)
            throws PassportException {
        nowMs += 1_000;
        Heartbeat said = new Heartbeat(
                rack,
                "1",
                state,
                "",
                scenario,
                version,
                "",
                0,
                1,
                outcome,
                "",
                1,
                1,
                0,
                "",
                true,
                null,
                clock.millis());
        enrolment
                .gate()
                .heartbeat(Signed.of(key(rack), Heartbeat.PURPOSE, said).write())
                .ifPresent(let -> fleet.heartbeat(let, (who, heartbeat) -> heard.add(heartbeat)));
    }

    /** A run says that all is well, a second after what was said before. */
    void heartbeat(String rack, long run, long clockAheadMs) throws PassportException {
        nowMs += 1_000;
        long atMs = clock.millis() + clockAheadMs;
        Heartbeat said = new Heartbeat(
                rack, "1", "running", "", "", "", "", 0, 0, "", "", 1, 1, 0, "", true, null, atMs, atMs, run);
        fleet.heartbeat(new Gate.Said(key(rack).publicKey(), said), (who, heartbeat) -> heard.add(heartbeat));
    }

    List<String> audited(String action) {
        return registry.audit(Long.MAX_VALUE, 100).stream()
                .filter(each -> each.action().equals(action))
                .map(AuditEntry::detail)
                .toList();
    }

    @Override
    public void close() {
        registry.close();
    }

    private final class Keyless implements KeyGiver {
        @Override
        public String makeReady(RackEntry rack) {
            return "";
        }

        @Override
        public String markIfMade(RackEntry rack) {
            asked.add(rack.name());
            return "";
        }

        @Override
        public byte[] give(RackEntry rack, Hello hello) {
            return new byte[0];
        }

        @Override
        public boolean isDue(RackEntry rack, String has) {
            return false;
        }
    }

    private final class Admitted implements Logins {
        @Override
        public boolean managed() {
            return true;
        }

        @Override
        public boolean isMixers(byte[] login) {
            return false;
        }

        @Override
        public void admit(String rack, byte[] login) {
            byte[] before = logins.put(rack, login);
            if (!Arrays.equals(before, login)) {
                letIn.add(login);
            }
        }

        @Override
        public void expel(String rack) {
            logins.remove(rack);
        }

        @Override
        public void admitOnly(Map<String, byte[]> admitted) {
            logins.clear();
            logins.putAll(admitted);
        }

        @Override
        public boolean allow(Map<String, WireRights> rights, boolean soon) {
            return true;
        }
    }
}
