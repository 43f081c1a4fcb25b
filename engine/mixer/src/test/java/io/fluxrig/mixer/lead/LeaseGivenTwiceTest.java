package io.fluxrig.mixer.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.RegistryException;
import io.fluxrig.transport.lease.Lease;
import io.fluxrig.transport.lease.LeaseStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster of NATS 2.9 may take two writes for the same revision while its leader changes, and so give the lease to two mixers until one of
 * them cannot renew it. The registry, which both share, takes changes of the one that began last, and racks obey no lower epoch.
 */
class LeaseGivenTwiceTest {
    private static final long LENGTH_NS = 4_000_000_000L;
    private static final long TURN_NS = LENGTH_NS / 4;

    @TempDir
    private Path folder;

    private final AtomicLong nowNs = new AtomicLong(1);
    private final NodeKey authority = NodeKey.ephemeral();
    private Mixer first;
    private Mixer last;

    @BeforeEach
    void giveToBoth() {
        first = new Mixer("http://a:1");
        last = new Mixer("http://b:2");
        first.turn();
        last.turn();
    }

    @AfterEach
    void close() {
        first.close();
        last.close();
    }

    @Test
    void shouldChangeNothingThroughTheOneThatWasOvertaken() {
        assertThat(first.leadership.leads()).isTrue();
        assertThat(last.leadership.leads()).isTrue();
        assertThat(first.leadership.epoch()).as("racks obey the higher one").isLessThan(last.leadership.epoch());

        assertThat(first.approve("west"))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RegistryException.class)
                .withMessageContaining("another mixer leads now");
        last.approve("east").join();

        assertThat(last.registry.allRacks()).extracting(RackEntry::name).containsExactly("east");
        assertThat(last.registry.audit(Long.MAX_VALUE, 10))
                .extracting(AuditEntry::who)
                .containsExactly("http://b:2");
    }

    @Test
    void shouldLeadNoMoreOnceTheLeaseCannotBeRenewed() {
        first.store.behind = last.store.behind;
        turn();

        assertThat(first.leadership.leads()).isFalse();
        assertThat(first.leadership.leaderUrl()).isEqualTo("http://b:2");
        assertThat(last.leadership.leads()).isTrue();
        last.approve("east").join();
    }

    @Test
    void shouldLeadNoMoreForLongerThanALeaseThoughNatsGoesOnGivingItToBoth() {
        for (int i = 0; i < 6; i++) {
            turn();
        }

        assertThat(first.leadership.leads()).isFalse();
        assertThat(last.leadership.leads()).isTrue();
    }

    /** Then neither can change anything at first: one has the lease, and the other one the epoch. */
    @Test
    void shouldBeLedAgainByOneWhereTheLeaseStaysWithTheOneThatWasOvertaken() {
        last.store.behind = first.store.behind;
        for (int i = 0; i < 30; i++) {
            turn();
        }

        assertThat(first.leadership.leads()).isNotEqualTo(last.leadership.leads());
        Mixer leader = first.leadership.leads() ? first : last;
        leader.approve("east").join();
        assertThat(leader.registry.rack("east").standing()).isEqualTo(Standing.ACTIVE);
    }

    private void turn() {
        nowNs.addAndGet(TURN_NS);
        first.turn();
        last.turn();
    }

    /** What one of two halves of a cluster takes. */
    private static final class Half {
        private LeaseStore.Entry entry;
        private long revisions;
    }

    private static final class Store implements LeaseStore {
        private Half behind = new Half();

        @Override
        public Entry read() {
            return behind.entry;
        }

        @Override
        public long create(byte[] value) {
            return behind.entry == null ? write(value) : TAKEN;
        }

        @Override
        public long update(byte[] value, long revision) {
            return behind.entry != null && behind.entry.revision() == revision && isMine(value) ? write(value) : TAKEN;
        }

        /** Both halves count alike: a revision alone does not tell the entries of two mixers apart. */
        private boolean isMine(byte[] value) {
            return Arrays.equals(behind.entry.value(), value);
        }

        @Override
        public void remove(long revision) {
            behind.entry = behind.entry != null && behind.entry.revision() == revision ? null : behind.entry;
        }

        private long write(byte[] value) {
            behind.revisions++;
            behind.entry = new Entry(behind.revisions, value);
            return behind.revisions;
        }
    }

    private final class Mixer implements LeaseKeeper.Duties {
        private final String url;
        private final Registry registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        private final Store store = new Store();
        private final Leadership leadership = new Leadership();
        private final Desk desk = new Desk(leadership::leads);
        private final LeaseKeeper keeper;

        Mixer(String url) {
            this.url = url;
            byte[] card = new LeaderCard(url, "here", url.getBytes(StandardCharsets.UTF_8)).sign(authority);
            Lease lease = new Lease(store, card, LENGTH_NS, nowNs::get);
            this.keeper = new LeaseKeeper(lease, leadership, desk, this, authority, LENGTH_NS, nowNs::get);
        }

        /** And whatever the desk was asked for is done. */
        void turn() {
            keeper.turn();
            desk.first(() -> null).join();
        }

        CompletableFuture<Object> approve(String name) {
            RackEntry rack = new RackEntry(
                    name, new byte[] {1}, new byte[] {2}, Standing.ACTIVE, "host", "1", 5, 6, "operator", 0, 0);
            return desk.ask(() -> {
                registry.admit(rack, AuditEntry.of(1, url, "rack.approve", name, ""));
                return null;
            });
        }

        void close() {
            desk.close();
            registry.close();
        }

        @Override
        public long begin(BooleanSupplier held) {
            return registry.lead(url, 1, held);
        }

        @Override
        public void led() {}

        @Override
        public void check() {
            registry.check();
        }

        @Override
        public void reach() {
            registry.reach();
        }

        @Override
        public void standsBy() {}
    }
}
