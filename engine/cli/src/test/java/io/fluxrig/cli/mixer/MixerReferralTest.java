package io.fluxrig.cli.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fluxrig.cli.Cli;
import io.fluxrig.cli.MixerOfATest;
import io.fluxrig.cli.console.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Which of several mixers is asked. */
class MixerReferralTest {
    @AutoClose
    private final MixerOfATest mixer = new MixerOfATest();

    private final Map<String, String> answers = mixer.answers();
    private final List<String> asked = mixer.asked();
    private final Cli cli = mixer.cli();

    @Test
    void shouldAskTheMixerThatAnotherRefersTo() throws IOException {
        HttpServer standby = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger turns = new AtomicInteger();
        standby.createContext("/", exchange -> {
            // first nobody leads, then the other does
            boolean nobody = turns.getAndIncrement() == 0;
            exchange.getResponseHeaders()
                    .set(nobody ? "Retry-After" : "Location", nobody ? "1" : mixer.url() + exchange.getRequestURI());
            exchange.sendResponseHeaders(nobody ? 503 : 307, -1);
            exchange.close();
        });
        standby.start();
        answers.put("POST /api/v1/racks/east/approve", MixerOfATest.EAST);
        String both =
                "http://127.0.0.1:1,http://127.0.0.1:" + standby.getAddress().getPort();

        assertThat(cli.run("admin", "racks", "approve", "east", "--api", both)).isZero();

        assertThat(asked).containsExactly("POST /api/v1/racks/east/approve ");
        assertThat(turns).hasValue(2);
        standby.stop(0);
    }

    private HttpServer standingBy(AtomicInteger turns) throws IOException {
        HttpServer standby = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        standby.createContext("/", exchange -> {
            turns.incrementAndGet();
            byte[] named = "{\"leader\":\"m2, pid 7\",\"detail\":\"m2, pid 7 leads\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(503, named.length);
            exchange.getResponseBody().write(named);
            exchange.close();
        });
        standby.start();
        return standby;
    }

    @Test
    void shouldAskTheNextMixerWhereOneNamesALeaderThatCannotBeReached() throws IOException {
        AtomicInteger turns = new AtomicInteger();
        HttpServer standby = standingBy(turns);
        answers.put("POST /api/v1/racks/east/approve", MixerOfATest.EAST);
        String first = "http://127.0.0.1:" + standby.getAddress().getPort();
        String second = mixer.url();

        assertThat(cli.run("admin", "racks", "approve", "east", "--api", first + "," + second))
                .isZero();
        assertThat(turns).hasValue(1);

        assertThat(cli.run("admin", "racks", "approve", "east", "--api", first)).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("m2, pid 7 leads");
        assertThat(turns).as("told at once").hasValue(2);
        standby.stop(0);
    }
}
