package io.fluxrig.engine.strip.loop;

import static io.fluxrig.engine.strip.TestGears.gear;
import static io.fluxrig.engine.strip.TestGears.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.strip.StripBank;
import io.fluxrig.engine.strip.TestGears;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.msg.FluxMsg;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.epoll.Epoll;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strips on real event loops: two threads, rings and signals between them, bounded counts. */
@SuppressWarnings("FutureReturnValueIgnored") // what matters is what arrives
class StripVerticleTest {
    private static final int MESSAGES = 20_000;
    private static final int WAIT_SECONDS = 60;

    private Vertx vertx;
    private StripBank bank;
    private final List<StripVerticle> verticles = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    /** Sends numbers to the next strip as its ring takes them; there they must arrive in order and without a gap. */
    private static final class Counting implements Gear {
        private final GearContext context;
        private final Output next;
        private final FluxMsg message = new FluxMsg();
        private final byte[] raw = new byte[200];
        private final CountDownLatch done;
        private long sent;
        private long received;

        Counting(GearContext context, CountDownLatch done) {
            this.context = context;
            this.done = done;
            next = context.peer((context.strip() + 1) % context.stripCount(), "in_reply");
        }

        void send() {
            while (sent < MESSAGES) {
                message.clear();
                message.id(sent);
                message.raw(raw, 0, raw.length);
                if (next.emit(message) != Outcome.ACCEPTED) {
                    context.whenRelieved(this::send);
                    return;
                }
                sent++;
            }
        }

        @Override
        public int onMessage(int inPort, FluxMsg arrived) {
            if (arrived.id() != received || arrived.rawLength() != raw.length) {
                throw new IllegalStateException("id=" + arrived.id() + " expected=" + received);
            }
            received++;
            if (received == MESSAGES) {
                context.signal(new Signal.ConnUp(0, context.strip()));
            }
            return Outcome.ACCEPTED;
        }

        @Override
        public void onSignal(Signal signal) {
            done.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCarryEveryMessageBothWaysInOrderAndSignalsToBoth(boolean nativeTransport) throws Exception {
        CountDownLatch done = new CountDownLatch(4);
        deploy(nativeTransport, 2, plan(List.of(gear("g", context -> new Counting(context, done)))));
        for (StripVerticle verticle : verticles) {
            await(verticle.call(strip -> {
                strip.start(0);
                ((Counting) strip.gear(0)).send();
                return null;
            }));
        }
        assertThat(done.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(bank.status()).allSatisfy(status -> {
            assertThat(status.messages()).isEqualTo(MESSAGES);
            assertThat(status.failures()).isZero();
        });
    }

    /** Batch ends counted against messages: a burst read in one turn of the loop must end in one flush. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndOneBatchForAllThatOneTurnOfTheLoopReads(boolean nativeTransport) throws Exception {
        int connections = 8;
        AtomicInteger flushes = new AtomicInteger();
        AtomicInteger messages = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);
        deploy(nativeTransport, 1, plan(List.of(gear("g", context -> {
            Runnable flush = () -> {
                flushes.incrementAndGet();
                if (messages.get() >= connections) {
                    done.countDown();
                }
            };
            boolean[] asked = new boolean[1];
            return (inPort, message) -> {
                messages.incrementAndGet();
                if (!asked[0]) {
                    asked[0] = true;
                    context.atBatchEnd(() -> {
                        asked[0] = false;
                        flush.run();
                    });
                }
                return Outcome.ACCEPTED;
            };
        }))));
        StripVerticle verticle = verticles.get(0);
        await(verticle.call(strip -> {
            strip.start(0);
            return null;
        }));
        boolean epoll = await(verticle.call(strip -> strip.host().sockets().reusePort()));
        assertThat(epoll).isEqualTo(nativeTransport && Epoll.isAvailable());
        List<Channel> clients = new ArrayList<>();
        Channel server = listen(verticle);
        for (int i = 0; i < connections; i++) {
            clients.add(connect(verticle, (InetSocketAddress) server.localAddress()));
        }
        List<ChannelFuture> written = await(verticle.call(strip -> clients.stream()
                .map(client -> client.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {1})))
                .toList()));
        for (ChannelFuture each : written) {
            each.sync();
        }
        assertThat(done.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(messages.get()).isEqualTo(connections);
        assertThat(flushes.get()).isLessThan(connections);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFireDeadlines(boolean nativeTransport) throws Exception {
        CountDownLatch fired = new CountDownLatch(3);
        deploy(nativeTransport, 1, plan(List.of(gear("g", context -> {
            var source = context.timers().source((nowNs, payload) -> fired.countDown());
            for (int i = 0; i < 3; i++) {
                source.schedule(context.clock().nanoTime() + i * 1_000_000L, i);
            }
            return (inPort, message) -> Outcome.ACCEPTED;
        }))));
        assertThat(fired.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFailTheDeploymentOfAGearThatCannotBeMade(boolean nativeTransport) {
        StripPlan plan = plan(List.of(gear("g", context -> {
            throw new IllegalArgumentException("no");
        })));
        assertThatThrownBy(() -> deploy(nativeTransport, 1, plan))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .cause()
                .isInstanceOf(GearStartException.class)
                .hasMessageContaining("gear g cannot be made");
    }

    @Test
    void shouldFailACallThatEndsInAnError() throws Exception {
        deploy(false, 1, plan(List.of(gear("g", context -> (inPort, message) -> Outcome.ACCEPTED))));

        Future<Object> call = verticles.get(0).call(strip -> {
            throw new NoClassDefFoundError("io/fluxrig/Absent");
        });

        assertThatThrownBy(() -> await(call)).hasRootCauseInstanceOf(NoClassDefFoundError.class);
    }

    private void deploy(boolean nativeTransport, int strips, StripPlan plan) throws Exception {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(strips).setPreferNativeTransport(nativeTransport));
        bank = new StripBank(plan, TestGears.settings(strips), TestGears.NO_SPECS, new RackMetrics());
        for (int i = 0; i < strips; i++) {
            StripVerticle verticle = new StripVerticle(bank, i, Clock.system());
            verticles.add(verticle);
            await(vertx.deployVerticle(verticle));
        }
    }

    private Channel listen(StripVerticle verticle) throws Exception {
        ChannelFuture bound = await(verticle.call(strip -> {
            var sockets = strip.host().sockets();
            return new ServerBootstrap()
                    .group(sockets.eventLoop())
                    .channel(sockets.serverChannel())
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                                @Override
                                public void channelRead(ChannelHandlerContext ctx, Object read) {
                                    ((ByteBuf) read).release();
                                    strip.inlet(0, 0).emit(new FluxMsg());
                                }
                            });
                        }
                    })
                    .bind("127.0.0.1", 0);
        }));
        return bound.sync().channel();
    }

    private Channel connect(StripVerticle verticle, InetSocketAddress to) throws Exception {
        ChannelFuture connected = await(verticle.call(strip -> {
            var sockets = strip.host().sockets();
            return new Bootstrap()
                    .group(sockets.eventLoop())
                    .channel(sockets.clientChannel())
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(to);
        }));
        return connected.sync().channel();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
