package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.ControlBus;
import io.fluxrig.transport.lease.LeaseStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lease in a real NATS server: one has it, it ends by itself, and it can be had again after the server's death. */
final class NatsLeaseIT {
    private static final Duration LENGTH = Duration.ofSeconds(2);
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final byte[] ONE = {1};
    private static final byte[] OTHER = {2};

    @TempDir
    Path folder;

    private NatsServer nats;
    private ControlBus bus;
    private LeaseStore lease;

    @BeforeEach
    void start() throws IOException {
        nats = NatsServer.start(folder.resolve("nats"));
        bus = new ControlBus(new BusSettings(List.of(nats.url()), "test", "_INBOX.test", null, null, null, true));
        bus.start();
        awaitConnected();
        lease = bus.lease("fluxrig-test", LENGTH, WAIT);
    }

    @AfterEach
    void stop() {
        if (bus != null) {
            bus.close();
        }
        if (nats != null) {
            nats.close();
        }
    }

    private void awaitConnected() {
        Awaitility.await("connected").atMost(20, TimeUnit.SECONDS).until(bus::connected);
    }

    @Test
    void shouldBeHadByWhoIsFirstAndWrittenByWhoKnowsItsRevision() throws Exception {
        assertThat(lease.read()).isNull();
        long made = lease.create(ONE);
        assertThat(made).isPositive();
        assertThat(lease.create(OTHER)).isEqualTo(LeaseStore.TAKEN);
        long written = lease.update(ONE, made);
        assertThat(written).isGreaterThan(made);
        assertThat(lease.update(OTHER, made)).isEqualTo(LeaseStore.TAKEN);
        assertThat(lease.read().value()).isEqualTo(ONE);
        assertThat(lease.read().revision()).isEqualTo(written);
    }

    @Test
    void shouldEndByItself() throws Exception {
        lease.create(ONE);

        Awaitility.await("it is free")
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> lease.create(OTHER) != LeaseStore.TAKEN);

        assertThat(lease.read().value()).isEqualTo(OTHER);
    }

    @Test
    void shouldBeFreeOnceItIsRemovedByWhoHasIt() throws Exception {
        long made = lease.create(ONE);
        lease.remove(made - 1);
        assertThat(lease.read()).as("not with another revision").isNotNull();
        lease.remove(made);

        assertThat(lease.read()).isNull();
        assertThat(lease.create(OTHER)).isPositive();
    }

    @Test
    void shouldTellOfAnotherLength() throws Exception {
        lease.create(ONE);

        assertThatThrownBy(() ->
                        bus.lease("fluxrig-test", LENGTH.plusSeconds(1), WAIT).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("give all mixers the same mixer.lease");
    }

    @Test
    void shouldBeHadAgainAfterTheServersDeath() throws Exception {
        long made = lease.create(ONE);
        nats.killAndRestart(() -> {});
        awaitConnected();

        Awaitility.await("the server has its streams again")
                .atMost(20, TimeUnit.SECONDS)
                .ignoreException(IOException.class)
                .until(() -> lease.read() == null || lease.read().revision() == made);
        Awaitility.await("it can be had again")
                .atMost(20, TimeUnit.SECONDS)
                .ignoreException(IOException.class)
                .until(() -> lease.create(OTHER) != LeaseStore.TAKEN);
    }
}
