package io.fluxrig.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

final class SocketReasonTest {
    @Test
    void shouldSayTheSystemsWordsWithoutTheLibrarys() {
        assertThat(SocketReason.of(
                        new ConnectException("finishConnect(..) failed: Connection refused: localhost/127.0.0.1:9101")))
                .isEqualTo("connection refused");
        assertThat(SocketReason.of(new BindException("bind(..) failed with error(-98): Address already in use")))
                .isEqualTo("address already in use");
        assertThat(SocketReason.of(new IOException("sendAddress(..) failed with error(-32): Broken pipe")))
                .isEqualTo("broken pipe");
    }

    @Test
    void shouldFindTheReasonBehindWhatItCausedAndSayWhatToRaise() {
        IOException system = new IOException("newSocketStream(..) failed: Too many open files");
        assertThat(SocketReason.of(new IllegalStateException("cannot open a channel", new RuntimeException(system))))
                .isEqualTo("too many open files: raise ulimit -n");
        assertThat(SocketReason.listenFix(system, "bind")).doesNotContain("another address");
    }

    @Test
    void shouldLeaveWhatItDoesNotKnowAsItIsAndCallNothingByItsClass() {
        assertThat(SocketReason.of(new ConnectException("the moon is full"))).isEqualTo("the moon is full");
        assertThat(SocketReason.of(new ClosedChannelException())).isEqualTo("the connection was closed");
    }

    @Test
    void shouldSuspectAnotherProcessOnlyWhereThereIsOne() {
        assertThat(SocketReason.listenFix(new BindException("Address already in use"), "bind"))
                .contains("another process");
        assertThat(SocketReason.listenFix(new BindException("Cannot assign requested address"), "bind"))
                .contains("no such address")
                .doesNotContain("process");
        assertThat(SocketReason.listenFix(new BindException("Permission denied"), "bind"))
                .contains("below 1024")
                .doesNotContain("process");
    }
}
