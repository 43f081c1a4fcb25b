package io.fluxrig.engine.rack.window;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Answers a request whose body comes in chunks that are none with 400, and closes: Vert.x, which is told of them by its decoder, closes without a
 * word. Where an answer has begun already, or another one is due before, there is none. One for each connection, on its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends with the connection
final class BrokenChunk extends ChannelDuplexHandler {
    private static final String TYPE = "application/problem+json";
    private static final byte[] PROBLEM = ("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                    + "\"detail\":\"the body is broken: what comes in its place is no chunk\"}")
            .getBytes(StandardCharsets.US_ASCII);

    /** Requests whose answers have not begun. */
    private int unanswered;

    private boolean broken;
    /** Whether that is told, and nothing is said behind it. */
    private boolean told;

    private BrokenChunk() {}

    /** Watches a connection of HTTP/1.1 that was just accepted. */
    static void watch(HttpConnection connection) {
        if (connection instanceof ConnectionBase accepted) {
            ChannelPipeline pipeline = accepted.channel().pipeline();
            pipeline.addBefore(pipeline.context(VertxHandler.class).name(), "broken-chunk", new BrokenChunk());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        boolean begins = message instanceof HttpRequest;
        if (begins) {
            unanswered++;
        }
        boolean failed = !begins
                && message instanceof HttpContent content
                && content.decoderResult().isFailure();
        if (!broken && !failed) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (!broken) {
            broken = true;
            end(context);
        }
    }

    /** A socket that is closed with bytes unread takes the answer from whoever still sends: what comes is dropped for a moment. */
    private void end(ChannelHandlerContext context) {
        context.executor().schedule(() -> context.close(), ApiConnections.LINGER_MS, TimeUnit.MILLISECONDS);
        if (unanswered != 1) {
            context.flush();
            return;
        }
        told = true;
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST, Unpooled.wrappedBuffer(PROBLEM));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, PROBLEM.length)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(answer);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean onTheWay = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (message instanceof HttpResponse && !onTheWay) {
            unanswered--;
        }
        if (told) {
            ReferenceCountUtil.release(message);
            promise.setFailure(new ClosedChannelException());
            return;
        }
        context.write(message, promise);
    }
}
