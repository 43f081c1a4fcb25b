package io.fluxrig.load.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.frame.Framing;
import io.fluxrig.load.tally.Tally;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final Consumer<LoadConnection> UNANSWERED = connection -> {};

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Tally tally = new Tally(Set.of());
    private final WriteBuffers writes = new WriteBuffers();

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
        writes.close();
    }

    /** One connection of these, up on a channel of its own. */
    private EmbeddedChannel connect(Connections connections) {
        FrameStream stream = new FrameStream(new FrameStream.Window(
                Framing.builder(Framing.variant("generic")).build()));
        return new EmbeddedChannel(new LoadConnection(1, 1, connections, null, null, stream, writes));
    }

    private CompletableFuture<Void> open(Connections connections) {
        CompletableFuture<Void> ready = connections.open(List.of(1), number -> null);
        channel.runPendingTasks();
        return ready;
    }

    @Test
    void shouldSayWhatBrokeTheFirstConnectionThatIsLost() {
        Connections connections = new Connections(channel.eventLoop(), tally, null);
        CompletableFuture<Void> ready = open(connections);
        EmbeddedChannel up = connect(connections);
        assertThat(ready).isCompleted();
        assertThat(connections.live()).isOne();

        up.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));

        assertThat(up.isOpen()).isFalse();
        assertThat(connections.live()).isZero();
        assertThat(tally.disconnects.get()).isOne();
        assertThat(tally.brokenBy()).isEqualTo("connection reset");
    }

    @Test
    void shouldFailToConnectByWhatBrokeAConnectionBeforeItWasSignedOn() {
        Connections connections = new Connections(channel.eventLoop(), tally, UNANSWERED);
        CompletableFuture<Void> ready = open(connections);

        connect(connections).pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));

        assertThat(ready)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("Connection reset by peer");
        assertThat(tally.disconnects.get()).isZero();
    }

    @Test
    void shouldTakeAConnectionThatTheOtherSideClosedForLostAndNotBroken() {
        Connections connections = new Connections(channel.eventLoop(), tally, null);
        assertThat(open(connections)).isNotDone();
        EmbeddedChannel up = connect(connections);

        assertThat(up.close().isSuccess()).isTrue();

        assertThat(tally.disconnects.get()).isOne();
        assertThat(tally.brokenBy()).isEmpty();
    }
}
