package io.fluxrig.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jpos.iso.ISOClientSocketFactory;
import org.jpos.iso.ISOServerSocketFactory;

/** Sockets of jPOS with TCP_NODELAY, which it leaves off: without it an answer waits for the acknowledgement of the last. */
public final class NoDelaySockets implements ISOClientSocketFactory, ISOServerSocketFactory {
    private static final int BACKLOG = 1024;

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        Socket socket = new Socket(host, port);
        socket.setTcpNoDelay(true);
        return socket;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()) {
            @Override
            public Socket accept() throws IOException {
                Socket socket = super.accept();
                socket.setTcpNoDelay(true);
                return socket;
            }
        };
    }
}
