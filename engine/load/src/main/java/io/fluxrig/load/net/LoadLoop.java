package io.fluxrig.load.net;

import io.fluxrig.engine.net.ReadBuffer;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.load.LoadPlan;
import io.fluxrig.load.mix.Deck;
import io.fluxrig.load.mix.Stamp;
import io.fluxrig.load.mix.Stencil;
import io.fluxrig.load.pace.Pace;
import io.fluxrig.load.tally.AnswerCheck;
import io.fluxrig.load.tally.OpenTable;
import io.fluxrig.load.tally.Tally;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.count.Level;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One event loop of a run: its connections, from opening to closing, and the check of every answer. Its {@link Dispatch}
 * decides when requests leave.
 *
 * <p>Every method but those that say otherwise is called on the event loop's thread.
 */
public final class LoadLoop {
    /** Connections opened before the loop looks whether it is to end. */
    private static final int CONNECT_BATCH = 64;

    private static final int READ_BYTES = 64 * 1024;

    private static final int SIGN_ON_ANSWER = 810;
    private static final int RESPONSE_CODE = 39;

    private final EventLoop eventLoop;
    private final LoadPlan plan;
    private final LoadSockets sockets;
    private final RunClock clock;
    private final boolean signsOn;
    private final Tally tally;
    private final OpenTable table;
    private final Requests requests;
    private final Dispatch dispatch;
    private final AnswerCheck check;
    private final IsoCodec codec;
    private final IsoMessage answer = new IsoMessage();
    private final List<LoadConnection> connections = new ArrayList<>();
    private final CompletableFuture<Void> allReady = new CompletableFuture<>();
    private final ReadBuffer reads = new ReadBuffer(Unpooled.directBuffer(READ_BYTES, READ_BYTES));
    private final WriteBuffers writes = new WriteBuffers();
    private final Level live = new Level();
    private int connecting;
    private long arrivedNs;

    /**
     * @param parts what the loop does not share with others
     * @param rrnBase added to the loop's own sequence for reference numbers unlike those of other loops and runs
     */
    public LoadLoop(EventLoop eventLoop, LoadPlan plan, LoadSockets sockets, Parts parts, long rrnBase) {
        this.eventLoop = eventLoop;
        this.plan = plan;
        this.sockets = sockets;
        this.clock = new RunClock(parts.clock());
        this.signsOn = parts.signOn() != null;
        this.tally = parts.tally();
        this.table = parts.table();
        this.requests = new Requests(plan, parts, clock, rrnBase);
        this.dispatch = dispatch(parts.pace());
        this.codec = new IsoCodec(plan.wire().spec());
        this.check = new AnswerCheck(table, tally, requests::stencil, plan.deadlineNs());
    }

    private Dispatch dispatch(Pace pace) {
        return pace == null
                ? new ClosedLoop(eventLoop, clock, requests, connections, plan.durationNs())
                : new OpenLoop(eventLoop, clock, requests, connections, plan.durationNs(), pace, tally);
    }

    /**
     * What one loop owns.
     *
     * @param pace null in a closed loop
     * @param signOn null for none
     */
    public record Parts(Clock clock, Deck deck, Stencil signOn, Pace pace, Stamp stamp, Tally tally, OpenTable table) {}

    /** What it counts; any thread. */
    public Tally tally() {
        return tally;
    }

    /** Its open requests; any thread may ask how many. */
    public OpenTable table() {
        return table;
    }

    /**
     * Opens connections; any thread.
     *
     * @param numbers their numbers in the run
     * @return done when all are connected and signed on, failed with the first failure
     */
    public CompletableFuture<Void> connect(List<Integer> numbers) {
        eventLoop.execute(() -> {
            connecting = numbers.size();
            open(numbers, 0, new FrameStream.Window(plan.wire().framing()));
        });
        return allReady;
    }

    /** In batches, so that a run which is given up meanwhile ends. */
    private void open(List<Integer> numbers, int from, FrameStream.Window window) {
        int to = Math.min(numbers.size(), from + CONNECT_BATCH);
        for (int i = from; i < to && !allReady.isDone(); i++) {
            LoadConnection connection =
                    new LoadConnection(this, numbers.get(i), plan.wire().inFlightMax(), window, writes);
            connections.add(connection);
            sockets.connect(eventLoop, connection, reads);
        }
        if (to < numbers.size() && !allReady.isDone()) {
            eventLoop.execute(() -> open(numbers, to, window));
        }
    }

    /** Connections that are up and signed on; any thread. None comes back once it is lost. */
    public long live() {
        return live.get();
    }

    /**
     * Begins to send; any thread.
     *
     * @param runStartNs time 0 of the schedule, the same for all loops
     */
    public void start(long runStartNs) {
        eventLoop.execute(() -> {
            clock.begin(runStartNs);
            dispatch.start();
        });
    }

    /** Sends what is due now and there is room for, then nothing more; any thread. Done when it is so. */
    public CompletableFuture<Void> stopSending() {
        return onLoop(dispatch::stop);
    }

    /** Closes the connections, lets the buffers go and wipes the table and the last answer; any thread. */
    public CompletableFuture<Void> close() {
        return onLoop(() -> {
            allReady.cancel(false);
            connections.forEach(LoadConnection::close);
            reads.close();
            writes.close();
            table.wipe();
            answer.wipe();
        });
    }

    private CompletableFuture<Void> onLoop(Runnable work) {
        return CompletableFuture.runAsync(work, eventLoop);
    }

    /** TCP is there, and TLS if there is any: the sign-on comes next. */
    void connected(LoadConnection connection) {
        if (signsOn) {
            requests.signOn(connection);
            connection.flush();
        } else {
            established(connection);
        }
    }

    private void established(LoadConnection connection) {
        connection.ready();
        live.add(1);
        if (--connecting == 0) {
            allReady.complete(null);
        }
    }

    /** Fails {@link #connect} if it is not done yet. */
    void connectFailed(Throwable cause) {
        allReady.completeExceptionally(cause);
    }

    /** One connection less that was ready, lost or closed on purpose. */
    void gone() {
        live.add(-1);
    }

    /**
     * A connection was lost, not closed on purpose.
     *
     * @param inFlight requests that were open on it, which nobody can answer any more
     */
    void disconnected(boolean wasReady, int inFlight) {
        if (wasReady) {
            tally.disconnects.increment();
            tally.cutOff.add(inFlight);
        } else {
            connectFailed(new IOException("closed by the other side before it was signed on"));
        }
    }

    /** What a connection brings is no stream of frames: it is counted and closed. */
    void notAFrame(LoadConnection connection, String reason) {
        tally.unreadable.increment();
        connectFailed(new IOException("what arrives is no frame: " + reason));
        connection.close();
    }

    /** A read has brought bytes: the answers that end in them came now. */
    void arrived() {
        arrivedNs = clock.nowNs();
    }

    /** Checks one answer; the bytes are the caller's again when this returns. */
    void answer(LoadConnection connection, byte[] bytes, int offset, int length) {
        if (codec.decode(bytes, offset, length, answer) < 0) {
            tally.unreadable.increment();
            return;
        }
        if (answer.mti() == SIGN_ON_ANSWER && signsOn && !connection.isReady()) {
            signOnAnswered(connection);
            return;
        }
        switch (check.judge(answer, connection.number(), arrivedNs, arrivedNs >= plan.warmupNs())) {
            case RIGHT -> connection.answered();
            case CROSS_WIRED, DUPLICATE, UNKNOWN, WRONG_TYPE -> {}
        }
    }

    private void signOnAnswered(LoadConnection connection) {
        String code = answer.text(RESPONSE_CODE);
        if ("00".equals(code) || "000".equals(code)) {
            established(connection);
        } else {
            connectFailed(new IOException("sign-on answered with response code " + code));
        }
    }

    /** The answers of one read are checked and have made room. */
    void room(LoadConnection connection) {
        dispatch.room(connection);
    }
}
