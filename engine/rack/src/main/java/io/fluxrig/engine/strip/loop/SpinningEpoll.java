package io.fluxrig.engine.strip.loop;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.SelectStrategy;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.util.IntSupplier;
import io.vertx.core.impl.transports.EpollTransport;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/**
 * Epoll event loops that can be told never to sleep: a loop that spins asks the kernel again at once, so that no wake-up
 * stands between a message and its strip. It takes a whole core for that, whatever the load. A loop that was not told
 * sleeps as ever. Any thread.
 *
 * <p>Netty's own {@code BUSY_WAIT} is not used: its wait is inside the kernel's interface and sees neither timers nor tasks.
 */
public final class SpinningEpoll extends EpollTransport {
    private final Set<Thread> spinning = ConcurrentHashMap.newKeySet();

    @Override
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory threadFactory, int ioRatio) {
        EpollEventLoopGroup group = new EpollEventLoopGroup(threads, threadFactory, this::strategy);
        group.setIoRatio(ioRatio);
        return group;
    }

    /** Has the calling event loop spin from its next turn on. */
    public void spin() {
        spinning.add(Thread.currentThread());
    }

    SelectStrategy strategy() {
        return new Spin();
    }

    /** Of one event loop, on its thread. */
    private final class Spin implements SelectStrategy {
        private boolean spins;

        @Override
        public int calculateStrategy(IntSupplier pollNow, boolean hasTasks) throws Exception {
            spins = spins || !spinning.isEmpty() && spinning.contains(Thread.currentThread());
            return spins || hasTasks ? pollNow.get() : SELECT;
        }
    }
}
