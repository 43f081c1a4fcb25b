package io.fluxrig.mixer.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.bus.WireRights;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.RegistryException;
import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.ControlBus;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a registry that fails at one kind of change, before it is made or when it is. */
class UnsettledTest {
    private static final AuditEntry BY = AuditEntry.of(1, "test", "test", "east", "");

    @TempDir
    private Path folder;

    private final LoginsOfATest logins = new LoginsOfATest();
    private final List<String> forgotten = new ArrayList<>();
    private Registry kept;
    private Enrolment enrolment;
    /** What it fails at; empty for nothing. */
    private String failing = "";

    private boolean made;
    /** When a heartbeat was said last. */
    private long saidMs;

    @BeforeEach
    void open() throws Exception {
        kept = DuckRegistry.open(folder.resolve("registry.duckdb"));
        Registry failed = (Registry) Proxy.newProxyInstance(
                Registry.class.getClassLoader(),
                new Class<?>[] {Registry.class},
                (proxy, what, with) -> asked(what, with));
        ControlBus none = new ControlBus(
                new BusSettings(List.of("nats://127.0.0.1:1"), "test", RackLine.INBOX, null, null, null, true));
        InstantSource clock = InstantSource.system();
        RackLine line = new RackLine(none, NodeKey.ephemeral(), () -> 1, clock);
        enrolment = new Enrolment(
                failed,
                line,
                logins,
                (rack, key, untilMs) -> new byte[0],
                new NoKeys(),
                new EnrolSettings(Adoption.NOBODY, 8, 90_000, 1_000),
                clock,
                () -> saidMs * 1_000_000);
        enrolment.whenRemoved(forgotten::add);
        admit("east", 1);
        admit("west", 2);
    }

    private Object asked(Method what, Object[] with) throws Throwable {
        boolean fails = what.getName().equals(failing);
        if (fails && !made) {
            throw new RegistryException("registry: away");
        }
        try {
            Object answer = what.invoke(kept, with);
            if (fails) {
                throw new RegistryException("registry: whether it was kept is not known");
            }
            return answer;
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    @AfterEach
    void close() {
        kept.close();
    }

    private RackEntry admit(String name, int key) {
        RackEntry rack = new RackEntry(
                name,
                new byte[] {(byte) key},
                new byte[] {(byte) key},
                Standing.ACTIVE,
                "host",
                "1",
                1,
                1,
                "operator",
                1,
                Long.MAX_VALUE);
        kept.admit(rack, BY);
        logins.admitted.add(name);
        return rack;
    }

    private void failAtRemoving(String name, boolean afterItWasMade) {
        failing = "removeRack";
        made = afterItWasMade;
        assertThatThrownBy(() -> enrolment.remove(name, "test")).isInstanceOf(RegistryException.class);
        failing = "";
    }

    /** Until a mixer began to lead, or the rack was removed once more, it kept its login and ran on. */
    @Test
    void shouldLetARackInNoMoreWhoseRemovalWasMadeThoughTheRegistryCouldNotSaySo() {
        failAtRemoving("east", true);
        assertThat(enrolment.isUnsettled()).isTrue();
        assertThat(logins.admitted).contains("east");

        enrolment.settle();

        assertThat(logins.admitted).containsExactly("west");
        assertThat(forgotten).as("of how it was, and of what it was sent").containsExactly("east");
        assertThat(enrolment.isUnsettled()).isFalse();
    }

    @Test
    void shouldLeaveARackInWhoseRemovalWasNotMade() {
        failAtRemoving("east", false);

        enrolment.settle();

        assertThat(logins.admitted).containsExactly("east", "west");
        assertThat(forgotten).isEmpty();
        assertThat(enrolment.isUnsettled()).isFalse();
    }

    @Test
    void shouldLeaveARackInThatWasApprovedUnderTheNameSince() {
        failAtRemoving("east", true);
        admit("east", 3);

        enrolment.settle();

        assertThat(logins.admitted).containsExactly("east", "west");
    }

    @Test
    void shouldLookAgainWhereTheRegistryFailsStill() {
        failAtRemoving("east", true);
        failing = "nextSerial";
        made = false;
        assertThatThrownBy(enrolment::settle).isInstanceOf(RegistryException.class);
        assertThat(enrolment.isUnsettled()).isTrue();
        failing = "";

        enrolment.settle();

        assertThat(logins.admitted).containsExactly("west");
    }

    /** It is noticed once: where the registry failed just then, nobody read of it in the audit log. */
    @Test
    void shouldWriteDownLaterThatARackWasCopied() throws Exception {
        RackEntry east = kept.rack("east");
        failing = "audit";
        made = false;
        boolean refused = false;
        for (long run : new long[] {1, 1, 2, 2, 1, 2}) {
            refused = enrolment.copies().isOne(east, said(run));
        }
        assertThat(refused).as("the copy").isTrue();
        assertThat(enrolment.isUnsettled()).isTrue();
        enrolment.settle();
        assertThat(enrolment.isUnsettled()).as("it fails still").isTrue();
        failing = "";

        enrolment.settle();
        enrolment.settle();

        assertThat(kept.audit(Long.MAX_VALUE, 10))
                .filteredOn(line -> line.action().equals("rack.copied"))
                .extracting(AuditEntry::who, AuditEntry::subject)
                .containsExactly(tuple("mixer", "east"));
        assertThat(enrolment.isUnsettled()).isFalse();
    }

    private Heartbeat said(long run) {
        saidMs += 1_000;
        return new Heartbeat(
                "east", "1", "running", "", "", "", "", 0, 0, "", "", 1, 1, 0, "", true, null, saidMs, saidMs, run);
    }

    private static final class NoKeys implements KeyGiver {
        @Override
        public String makeReady(RackEntry rack) {
            return "";
        }

        @Override
        public String markIfMade(RackEntry rack) {
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

    private static final class LoginsOfATest implements Logins {
        private final Set<String> admitted = new TreeSet<>();

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
            admitted.add(rack);
        }

        @Override
        public void admitOnly(Map<String, byte[]> only) {
            admitted.retainAll(only.keySet());
        }

        @Override
        public boolean allow(Map<String, WireRights> rights, boolean soon) {
            return true;
        }

        @Override
        public void expel(String rack) {
            admitted.remove(rack);
        }
    }
}
