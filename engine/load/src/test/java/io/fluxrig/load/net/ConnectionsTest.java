package io.fluxrig.load.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // what comes of it is looked at where it is the test's business
class ConnectionsTest {
    /** As many as are opened at once, and one. */
    private static final List<Integer> MORE_THAN_A_BATCH =
            IntStream.rangeClosed(1, 65).boxed().toList();

    private final EmbeddedLoop loop = EmbeddedLoop.plain();
    private final Connections connections = loop.connections;

    @AfterEach
    void release() {
        loop.close();
    }

    @Test
    void shouldSayWhatBrokeTheFirstConnectionThatIsLost() {
        CompletableFuture<Void> ready = loop.open();
        EmbeddedChannel up = loop.connect();
        assertThat(ready).isCompleted();
        assertThat(connections.live()).isOne();

        up.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));

        assertThat(up.isOpen()).isFalse();
        assertThat(connections.live()).isZero();
        assertThat(loop.tally.disconnects.get()).isOne();
        assertThat(loop.tally.brokenBy()).isEqualTo("connection reset");
    }

    @Test
    void shouldFailToConnectByWhatBrokeAConnectionBeforeItWasSignedOn() {
        try (EmbeddedLoop signingOn = EmbeddedLoop.signingOn()) {
            CompletableFuture<Void> ready = signingOn.open();

            signingOn.connect().pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));

            assertThat(ready)
                    .isCompletedExceptionally()
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining("Connection reset by peer");
            assertThat(signingOn.tally.disconnects.get()).isZero();
        }
    }

    @Test
    void shouldFailByWhatADecoderThrewAndNotByItsWrapping() {
        CompletableFuture<Void> ready = loop.open();
        SSLException inner = new SSLException("no trust");

        connections.failed(new DecoderException(inner));

        assertThat(ready).failsWithin(Duration.ZERO).withThrowableThat().withCause(inner);
    }

    @Test
    void shouldFailByADecodersOwnComplaintWhereItWrapsNothing() {
        CompletableFuture<Void> ready = loop.open();
        DecoderException own = new DecoderException("not mine");

        connections.failed(own);

        assertThat(ready).failsWithin(Duration.ZERO).withThrowableThat().withCause(own);
    }

    @Test
    void shouldTakeAConnectionThatTheOtherSideClosedForLostAndNotBroken() {
        assertThat(loop.open()).isNotDone();
        EmbeddedChannel up = loop.connect();

        assertThat(up.close().isSuccess()).isTrue();

        assertThat(loop.tally.disconnects.get()).isOne();
        assertThat(loop.tally.brokenBy()).isEmpty();
    }

    @Test
    void shouldCountRequestsInFlightOnALostConnectionAsCutOff() {
        loop.open();
        EmbeddedChannel up = loop.connect();
        loop.request();
        loop.request();
        loop.request();
        EmbeddedLoop.read(up, loop.frame(loop.answer("00")));

        assertThat(up.close().isSuccess()).isTrue();

        assertThat(loop.tally.cutOff.get()).isEqualTo(2);
    }

    @Test
    void shouldBeReadyAtOnceWhereThereIsNothingToOpen() {
        assertThat(connections.open(List.of(), number -> loop.connection())).isCompleted();
    }

    @Test
    void shouldLookAtTheLoopAgainAfterABatch() {
        AtomicInteger opened = new AtomicInteger();
        List<Integer> openedWhenLooked = new ArrayList<>();
        connections.open(MORE_THAN_A_BATCH, number -> {
            if (opened.incrementAndGet() == 1) {
                loop.eventLoop.eventLoop().execute(() -> openedWhenLooked.add(opened.get()));
            }
            return loop.connection();
        });

        loop.eventLoop.runPendingTasks();

        assertThat(openedWhenLooked).containsExactly(64);
        assertThat(connections.all()).hasSize(65);
    }

    @Test
    void shouldOpenNoMoreOnceClosed() {
        CompletableFuture<Void> ready = connections.open(MORE_THAN_A_BATCH, number -> {
            if (number == 10) {
                loop.eventLoop.eventLoop().execute(connections::close);
            }
            return loop.connection();
        });

        loop.eventLoop.runPendingTasks();

        assertThat(ready).isCancelled();
        assertThat(connections.all()).as("those of the first batch").hasSize(64);
    }

    @Test
    void shouldHandOutNoListThatOthersChange() {
        loop.open();

        assertThatThrownBy(() -> connections.all().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(connections.all()).hasSize(1).isSameAs(connections.all());
    }

    @Test
    void shouldHaveWipedItsStreamsOnceClosed() {
        loop.open();
        EmbeddedChannel up = loop.connect();
        EmbeddedLoop.read(up, "\0@0100 half".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(loop.stream.rest).as("the half").contains('h', 'a', 'l', 'f');
        Goodbye goodbye = new Goodbye();
        up.pipeline().addFirst(goodbye);

        CompletableFuture<byte[]> left = connections.close().thenApply(closed -> loop.stream.rest.clone());
        assertThat(left).as("the other side has not taken the goodbye").isNotDone();
        goodbye.taken.run();

        assertThat(left).isCompleted();
        assertThat(left.join()).containsOnly(0);
        assertThat(connections.live()).isZero();
    }

    /** Keeps a channel open, as TLS does, until its goodbye is taken. */
    private static final class Goodbye extends ChannelOutboundHandlerAdapter {
        private Runnable taken;

        @Override
        public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
            taken = () -> ctx.close(promise);
        }
    }

    @Test
    void shouldNotCountAConnectionThatItClosesAsLost() {
        loop.open();
        loop.connect();
        loop.request();

        assertThat(connections.close()).isCompleted();

        assertThat(loop.tally.disconnects.get()).isZero();
        assertThat(loop.tally.cutOff.get()).isZero();
    }
}
