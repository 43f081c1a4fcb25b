package io.fluxrig.load.net;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.frame.FrameEncoder;
import io.fluxrig.iso.wire.DataElement;
import io.fluxrig.load.LoadPlan;
import io.fluxrig.load.Plans;
import io.fluxrig.load.mix.Deck;
import io.fluxrig.load.mix.MixException;
import io.fluxrig.load.mix.Stamp;
import io.fluxrig.load.mix.StencilCutter;
import io.fluxrig.load.tally.AnswerCheck;
import io.fluxrig.load.tally.OpenTable;
import io.fluxrig.load.tally.Tally;
import io.fluxrig.perf.clock.VirtualClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a load loop is made of, on embedded channels and a clock that stands still. Only the test's thread. */
final class EmbeddedLoop implements AutoCloseable {
    static final long WARMUP_NS = 1_000;

    private static final int IN_FLIGHT_MAX = 8;

    final VirtualClock clock = new VirtualClock(0, 0);
    final Tally tally;
    final Connections connections;
    final FrameStream stream;
    final WriteBuffers writes = new WriteBuffers();
    /** Runs what is left to the event loop. */
    final EmbeddedChannel eventLoop = new EmbeddedChannel();

    private final LoadPlan plan;
    private final RunClock runClock = new RunClock(clock);
    private final Requests requests;
    private final AnswerReader answers;
    private final Dispatch dispatch;
    private LoadConnection connection;
    private EmbeddedChannel up;

    private EmbeddedLoop(boolean signingOn) {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        plan = Plans.warmingUp(Plans.plan(nobody, 1), WARMUP_NS);
        tally = new Tally(plan.timeoutCodes());
        StencilCutter cutter = new StencilCutter(plan.wire().spec(), this::frame);
        LoadLoop.Parts parts = parts(cutter, signingOn);
        requests = new Requests(plan, parts, runClock, 0);
        connections = new Connections(eventLoop.eventLoop(), tally, signingOn ? requests::signOn : null);
        AnswerCheck check = new AnswerCheck(parts.table(), tally, parts.deck()::stencil, 0);
        answers = new AnswerReader(plan, runClock, parts.signOn(), connections, tally, check);
        dispatch = new ClosedLoop(eventLoop.eventLoop(), runClock, requests, connections.all(), plan.durationNs());
        stream = new FrameStream(new FrameStream.Window(plan.wire().framing()));
    }

    static EmbeddedLoop plain() {
        return new EmbeddedLoop(false);
    }

    static EmbeddedLoop signingOn() {
        return new EmbeddedLoop(true);
    }

    private LoadLoop.Parts parts(StencilCutter cutter, boolean signingOn) {
        try {
            SignOn signOn = signingOn ? new SignOn(cutter.cut(SignOn.TEMPLATE)) : null;
            return new LoadLoop.Parts(
                    clock, Deck.of(plan.mix(), cutter), signOn, null, new Stamp(1), tally, new OpenTable(0, 1, 1));
        } catch (MixException e) {
            throw new AssertionError(e);
        }
    }

    /** Opens the one connection, which is not up yet. */
    CompletableFuture<Void> open() {
        CompletableFuture<Void> ready = connections.open(List.of(1), number -> connection = connection());
        eventLoop.runPendingTasks();
        return ready;
    }

    /** Another connection that is not up yet. */
    LoadConnection connection() {
        return new LoadConnection(1, IN_FLIGHT_MAX, connections, answers, dispatch, stream, writes);
    }

    /** Has the one connection come up. */
    EmbeddedChannel connect() {
        up = new EmbeddedChannel(connection);
        return up;
    }

    /** Sends a request on the one connection. */
    void request() {
        if (!requests.send(connection, runClock.nowNs(), runClock.nowNs())) {
            throw new AssertionError("no STAN");
        }
        connection.flush();
    }

    boolean hasRoom() {
        return connection.hasRoom();
    }

    /**
     * The answer to what was written first of what has none, under its own numbers.
     *
     * @param code null for none
     */
    IsoMessage answer(String code) {
        ByteBuf written = up.readOutbound();
        byte[] bytes = new byte[written.readableBytes()];
        written.readBytes(bytes).release();
        IsoMessage answer = new IsoMessage();
        if (new IsoCodec(plan.wire().spec()).decode(bytes, 2, bytes.length - 2, answer) < 0) {
            throw new AssertionError("what was written cannot be read");
        }
        answer.setMti(answer.mti() + 10);
        if (code != null) {
            answer.setAscii(DataElement.RESPONSE_CODE, code);
        }
        return answer;
    }

    /** The bytes of a message behind its length. */
    byte[] frame(IsoMessage message) {
        byte[] body = new byte[1024];
        int length = new IsoCodec(plan.wire().spec()).encode(message, body, 0);
        return frame(Arrays.copyOf(body, length));
    }

    private byte[] frame(byte[] body) {
        byte[] frame = new byte[1024];
        return Arrays.copyOf(frame, new FrameEncoder(plan.wire().framing()).encode(body, 0, body.length, frame, 0));
    }

    static void read(EmbeddedChannel up, byte[] bytes) {
        up.writeInbound(Unpooled.wrappedBuffer(bytes));
    }

    @Override
    public void close() {
        connections.all().forEach(LoadConnection::close);
        eventLoop.finishAndReleaseAll();
        if (up != null) {
            up.finishAndReleaseAll();
        }
        writes.close();
    }
}
