package io.fluxrig.load.net;

import io.fluxrig.engine.net.ReadBuffer;
import io.fluxrig.load.LoadPlan;
import io.fluxrig.load.mix.Deck;
import io.fluxrig.load.mix.Stamp;
import io.fluxrig.load.pace.Pace;
import io.fluxrig.load.tally.AnswerCheck;
import io.fluxrig.load.tally.OpenTable;
import io.fluxrig.load.tally.Tally;
import io.fluxrig.perf.clock.Clock;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One event loop of a run, as the run sees it: connects, sends, stops and closes. Its {@link Connections} are opened and lost,
 * its {@link Dispatch} decides when requests leave, its {@link Requests} write them, its {@link AnswerReader} checks the answers.
 *
 * <p>Any thread may make it and call its methods, which leave the work to the event loop; but of {@link #table} only how many
 * requests are open may be asked elsewhere, and what {@link #tally} hands out is counted by the loop and only read elsewhere.
 */
public final class LoadLoop {
    private static final int READ_BYTES = 64 * 1024;

    private final EventLoop eventLoop;
    private final LoadPlan plan;
    private final LoadSockets sockets;
    private final RunClock clock;
    private final Tally tally;
    private final OpenTable table;
    private final Requests requests;
    private final Connections connections;
    private final Dispatch dispatch;
    private final AnswerReader answers;
    private final FrameStream.Window window;
    private final ReadBuffer reads = new ReadBuffer(Unpooled.directBuffer(READ_BYTES, READ_BYTES));
    private final WriteBuffers writes = new WriteBuffers();

    /**
     * @param parts what the loop does not share with others
     * @param rrnBase added to the loop's own sequence for reference numbers unlike those of other loops and runs
     */
    public LoadLoop(EventLoop eventLoop, LoadPlan plan, LoadSockets sockets, Parts parts, long rrnBase) {
        this.eventLoop = eventLoop;
        this.plan = plan;
        this.sockets = sockets;
        this.clock = new RunClock(parts.clock());
        this.tally = parts.tally();
        this.table = parts.table();
        this.requests = new Requests(plan, parts, clock, rrnBase);
        this.connections = new Connections(eventLoop, tally, parts.signOn() == null ? null : requests::signOn);
        this.dispatch = dispatch(parts.pace());
        AnswerCheck check = new AnswerCheck(table, tally, parts.deck()::stencil, plan.deadlineNs());
        this.answers = new AnswerReader(plan, clock, parts.signOn(), connections, tally, check);
        this.window = new FrameStream.Window(plan.wire().framing());
    }

    private Dispatch dispatch(Pace pace) {
        return pace == null
                ? new ClosedLoop(eventLoop, clock, requests, connections.all(), plan.durationNs())
                : new OpenLoop(eventLoop, clock, requests, connections.all(), plan.durationNs(), pace, tally);
    }

    /**
     * What one loop owns.
     *
     * @param pace null in a closed loop
     * @param signOn null for none
     */
    public record Parts(Clock clock, Deck deck, SignOn signOn, Pace pace, Stamp stamp, Tally tally, OpenTable table) {}

    /** What it counts; any thread may read it. */
    public Tally tally() {
        return tally;
    }

    /** Its open requests: how many there are, for any thread; all else only on the loop's. */
    public OpenTable table() {
        return table;
    }

    /**
     * Opens connections; to be called once.
     *
     * @param numbers their numbers in the run, none if there are fewer than loops
     * @return done when all are connected and signed on, failed with the first failure, cancelled by {@link #close}
     */
    public CompletableFuture<Void> connect(List<Integer> numbers) {
        return connections.open(numbers, this::open);
    }

    private LoadConnection open(int number) {
        FrameStream stream = new FrameStream(window);
        LoadConnection connection =
                new LoadConnection(number, plan.wire().inFlightMax(), connections, answers, dispatch, stream, writes);
        sockets.connect(eventLoop, connection, reads);
        return connection;
    }

    /** Connections that are up and signed on. None comes back once it is lost. */
    public long live() {
        return connections.live();
    }

    /**
     * Begins to send.
     *
     * @param runStartNs time 0 of the schedule, the same for all loops
     */
    public void start(long runStartNs) {
        eventLoop.execute(() -> {
            clock.begin(runStartNs);
            dispatch.start();
        });
    }

    /** Sends what is due now and there is room for, then nothing more. Done when it is so. */
    public CompletableFuture<Void> stopSending() {
        return onLoop(dispatch::stop);
    }

    /**
     * Closes the connections; once they have closed, lets the buffers go and wipes what messages left in them and elsewhere.
     * Closing again does no harm.
     *
     * @return done when all of that is: TLS may take 3 s over it, if the other side does not read
     */
    public CompletableFuture<Void> close() {
        return CompletableFuture.<Void>completedFuture(null)
                .thenComposeAsync(begin -> connections.close(), eventLoop)
                .thenRunAsync(this::wipe, eventLoop);
    }

    private void wipe() {
        reads.close();
        writes.close();
        window.wipe();
        requests.wipe();
        table.wipe();
        answers.wipe();
    }

    private CompletableFuture<Void> onLoop(Runnable work) {
        return CompletableFuture.runAsync(work, eventLoop);
    }
}
