package io.fluxrig.transport.bus;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import javax.net.ssl.SSLSocket;

/**
 * Asks servers by hand why there is no connection. With TLS 1.3 a server looks at the client's certificate after the client's
 * handshake is over; what it says then, the NATS client keeps to itself.
 */
final class TlsProbe {
    private static final int TIMEOUT_MS = 2_000;
    private static final int SERVERS_MAX = 4;
    private static final int INFO_LENGTH_MAX = 64 << 10;
    private static final int NATS_PORT = 4222;

    private TlsProbe() {}

    /** What the first server that says something of TLS says, in words; empty if none does. Blocks some seconds at most. */
    static String ask(List<String> urls, TlsFiles files) {
        for (String url : urls.subList(0, Math.min(SERVERS_MAX, urls.size()))) {
            String said = ask(url, files);
            if (!said.isEmpty()) {
                return said;
            }
        }
        return "";
    }

    private static String ask(String url, TlsFiles files) {
        try (Socket socket = new Socket()) {
            URI at = URI.create(url);
            int port = at.getPort() < 0 ? NATS_PORT : at.getPort();
            socket.connect(new InetSocketAddress(at.getHost(), port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            skipLine(socket.getInputStream());
            SSLSocket tls =
                    (SSLSocket) files.context().getSocketFactory().createSocket(socket, at.getHost(), port, true);
            tls.startHandshake();
            return tls.getInputStream().read() < 0 ? TlsTrouble.HUNG_UP : "";
        } catch (SocketTimeoutException silent) {
            // it took the certificate, and waits for a login
            return "";
        } catch (IOException | IllegalArgumentException refused) {
            return TlsTrouble.of(refused);
        }
    }

    /** A server of NATS begins with one line in plain. */
    private static void skipLine(InputStream in) throws IOException {
        int read = 0;
        while (read++ < INFO_LENGTH_MAX) {
            int next = in.read();
            if (next < 0 || next == '\n') {
                return;
            }
        }
    }
}
