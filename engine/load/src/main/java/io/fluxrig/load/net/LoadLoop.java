package io.fluxrig.load.net;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.frame.FrameDecoder;
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
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One event loop of a run: its connections and its share of the schedule.
 *
 * <p>A message that is due while no connection has room keeps its intended time and leaves with the next answer, so the
 * wait is part of its latency. In a closed loop (no pace) a message is due when there is room.
 *
 * <p>Every method but those that say otherwise is called on the event loop's thread.
 */
public final class LoadLoop {
    private static final int SEND_BATCH = 256;
    /** Connections opened before the loop looks whether it is to end. */
    private static final int CONNECT_BATCH = 64;

    /** Card of a sign-on: none. Template number of a sign-on. */
    private static final int SIGN_ON = -1;

    private final EventLoop eventLoop;
    private final LoadPlan plan;
    private final LoadSockets sockets;
    private final Clock clock;
    private final Deck deck;
    private final Stencil signOn;
    private final Pace pace;
    private final Stamp stamp;
    private final Tally tally;
    private final OpenTable table;
    private final AnswerCheck check;
    private final IsoCodec codec;
    private final IsoMessage answer = new IsoMessage();
    private final List<LoadConnection> connections = new ArrayList<>();
    private final List<LoadConnection> unflushed = new ArrayList<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final long rrnBase;
    private final long terminalBase;
    private int connecting;
    private int nextConnection;
    private long sequence;
    private long startNs;
    private long dueNs;
    private long timeSetNs;
    private boolean sending;
    private boolean heldBack;
    private boolean timerSet;
    private final Level live = new Level();

    /**
     * @param parts what the loop does not share with others
     * @param rrnBase added to the loop's own sequence for reference numbers unlike those of other loops and runs
     */
    public LoadLoop(EventLoop eventLoop, LoadPlan plan, LoadSockets sockets, Parts parts, long rrnBase) {
        this.eventLoop = eventLoop;
        this.plan = plan;
        this.sockets = sockets;
        this.clock = parts.clock();
        this.deck = parts.deck();
        this.signOn = parts.signOn();
        this.pace = parts.pace();
        this.stamp = parts.stamp();
        this.tally = parts.tally();
        this.table = parts.table();
        this.rrnBase = rrnBase;
        this.terminalBase = TimeUnit.NANOSECONDS.toSeconds(clock.epochNanos());
        this.codec = new IsoCodec(plan.wire().spec());
        this.check = new AnswerCheck(
                table, tally, index -> index == SIGN_ON ? signOn : deck.stencil(index), plan.deadlineNs());
    }

    /**
     * What one loop owns.
     *
     * @param pace null in a closed loop
     * @param signOn null for none
     */
    public record Parts(Clock clock, Deck deck, Stencil signOn, Pace pace, Stamp stamp, Tally tally, OpenTable table) {}

    public Tally tally() {
        return tally;
    }

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
            stamp.setTime(TimeUnit.NANOSECONDS.toSeconds(clock.epochNanos()));
            connecting = numbers.size();
            open(numbers, 0, new FrameDecoder(plan.wire().framing()));
        });
        return connected;
    }

    /** In batches, so that a run which is given up meanwhile ends. */
    private void open(List<Integer> numbers, int from, FrameDecoder decoder) {
        int to = Math.min(numbers.size(), from + CONNECT_BATCH);
        for (int i = from; i < to && !connected.isDone(); i++) {
            LoadConnection connection = new LoadConnection(this, numbers.get(i), decoder);
            connections.add(connection);
            sockets.connect(eventLoop, connection);
        }
        if (to < numbers.size() && !connected.isDone()) {
            eventLoop.execute(() -> open(numbers, to, decoder));
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
            startNs = runStartNs;
            sending = true;
            dueNs = pace == null ? 0 : pace.nextNs();
            pump();
        });
    }

    /** Sends what is due now and there is room for, then nothing more; any thread. Done when it is so. */
    public CompletableFuture<Void> stopSending() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        eventLoop.execute(() -> {
            while (sending && pace != null && !heldBack && dueNs <= clock.nanoTime() - startNs) {
                pump();
            }
            if (sending) {
                sending = false;
                countUnsent(clock.nanoTime() - startNs);
            }
            stopped.complete(null);
        });
        return stopped;
    }

    /** Closes the connections; any thread. */
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        eventLoop.execute(() -> {
            connected.cancel(false);
            connections.forEach(LoadConnection::close);
            table.wipe();
            answer.wipe();
            done.complete(null);
        });
        return done;
    }

    private void countUnsent(long nowNs) {
        long endNs = Math.min(nowNs, plan.durationNs());
        while (pace != null && dueNs < endNs) {
            tally.unsent.increment();
            dueNs = pace.nextNs();
        }
    }

    void connected(LoadConnection connection) {
        if (signOn == null) {
            established(connection);
            return;
        }
        send(connection, signOn, SIGN_ON, clock.nanoTime() - startNs, clock.nanoTime() - startNs);
        batchEnd();
    }

    private void established(LoadConnection connection) {
        connection.ready();
        live.add(1);
        if (--connecting == 0) {
            connected.complete(null);
        }
    }

    void connectFailed(Throwable cause) {
        connected.completeExceptionally(cause);
    }

    void gone() {
        live.add(-1);
    }

    void disconnected(boolean wasReady) {
        if (wasReady) {
            tally.disconnects.increment();
        } else {
            connected.completeExceptionally(
                    new java.io.IOException("closed by the other side before it was signed on"));
        }
    }

    void notAFrame(LoadConnection connection, String reason) {
        tally.unreadable.increment();
        connected.completeExceptionally(new java.io.IOException("what arrives is no frame: " + reason));
        connection.close();
    }

    void answer(LoadConnection connection, byte[] bytes, int offset, int length) {
        long nowNs = clock.nanoTime() - startNs;
        if (codec.decode(bytes, offset, length, answer) < 0) {
            tally.unreadable.increment();
            return;
        }
        if (answer.mti() == 810 && signOn != null && !connection.hasRoom(Integer.MAX_VALUE)) {
            signedOn(connection);
            return;
        }
        boolean measured = nowNs >= plan.warmupNs();
        switch (check.judge(answer, connection.number(), nowNs, measured)) {
            case RIGHT -> connection.answered();
            case CROSS_WIRED, DUPLICATE, UNKNOWN, WRONG_TYPE -> {}
        }
        if (heldBack || pace == null) {
            pump();
        }
    }

    private void signedOn(LoadConnection connection) {
        String code = answer.text(39);
        if ("00".equals(code) || "000".equals(code)) {
            established(connection);
        } else {
            connectFailed(new java.io.IOException("sign-on answered with response code " + code));
        }
    }

    /** Sends whatever is due and sees to it that it is called when the next message is. */
    private void pump() {
        if (!sending) {
            return;
        }
        long nowNs = clock.nanoTime() - startNs;
        setTime(nowNs);
        heldBack = false;
        for (int i = 0; i < SEND_BATCH; i++) {
            if (pace == null) {
                dueNs = nowNs;
            }
            if (dueNs >= plan.durationNs()) {
                sending = false;
                break;
            }
            if (dueNs > nowNs) {
                break;
            }
            LoadConnection connection = connectionWithRoom();
            if (connection == null) {
                heldBack = true;
                break;
            }
            if (!sendNext(connection, nowNs)) {
                heldBack = true;
                break;
            }
            dueNs = pace == null ? nowNs : pace.nextNs();
        }
        batchEnd();
        schedule();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody cancels it, and pump throws nothing
    private void schedule() {
        if (!sending || timerSet) {
            return;
        }
        long waitNs = dueNs - (clock.nanoTime() - startNs);
        if (heldBack || pace == null) {
            waitNs = TimeUnit.MILLISECONDS.toNanos(10);
        }
        timerSet = true;
        eventLoop.schedule(this::onTimer, Math.max(0, waitNs), TimeUnit.NANOSECONDS);
    }

    private void onTimer() {
        timerSet = false;
        pump();
    }

    private LoadConnection connectionWithRoom() {
        for (int i = 0; i < connections.size(); i++) {
            LoadConnection connection = connections.get(nextConnection);
            nextConnection = nextConnection + 1 == connections.size() ? 0 : nextConnection + 1;
            if (connection.hasRoom(plan.wire().inFlightMax())) {
                return connection;
            }
        }
        return null;
    }

    private boolean sendNext(LoadConnection connection, long nowNs) {
        int template = deck.draw(stamp);
        if (!send(connection, deck.stencil(template), template, dueNs, nowNs)) {
            return false;
        }
        connection.opened();
        tally.sent.increment();
        if (nowNs >= plan.warmupNs()) {
            tally.lag.record(nowNs - dueNs);
        }
        return true;
    }

    private boolean send(LoadConnection connection, Stencil stencil, int template, long intendedNs, long nowNs) {
        int stan = table.claim();
        if (stan == OpenTable.NONE) {
            return false;
        }
        long rrn = (rrnBase + sequence) % 1_000_000_000_000L;
        stamp.set(stan, rrn, sequence, terminal(connection));
        byte[] frame = stencil.next(stamp);
        if (template != SIGN_ON) {
            table.enter(stan, connection.number(), template, rrn, stamp.panTail(), intendedNs, nowNs);
        }
        sequence++;
        if (connection.write(frame)) {
            unflushed.add(connection);
        }
        return true;
    }

    /**
     * Another terminal on each connection whenever the STANs come round, and in each run: what repeats terminal and STAN
     * within seconds is a retransmission or a duplicate to a switch.
     */
    private int terminal(LoadConnection connection) {
        int turn = (int) ((terminalBase + table.lap()) % Stamp.TERMINALS);
        return turn * Stamp.TERMINALS_APART + connection.number();
    }

    /** Writes what was gathered: one flush for each connection. */
    void batchEnd() {
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        unflushed.clear();
    }

    private void setTime(long nowNs) {
        if (nowNs - timeSetNs > TimeUnit.SECONDS.toNanos(1)) {
            timeSetNs = nowNs;
            stamp.setTime(TimeUnit.NANOSECONDS.toSeconds(clock.epochNanos()));
        }
    }
}
