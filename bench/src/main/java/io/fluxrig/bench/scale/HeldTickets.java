package io.fluxrig.bench.scale;

import io.fluxrig.bench.rack.RackUnderTest;
import io.fluxrig.bench.rack.Stencils;
import io.fluxrig.load.mix.MixException;
import io.fluxrig.load.mix.Stamp;
import io.fluxrig.load.mix.Stencil;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Has a rack hold tickets open: sends requests that go to a host which never answers, and stays connected. No more are under
 * way than the links take, so none is declined; the rack's own figure says how many are open in the end.
 */
final class HeldTickets implements AutoCloseable {
    private static final int CONNECTIONS = 10;
    private static final int FIRST_TERMINAL = 90_000_001;
    private static final int BURST = 64;
    private static final int UNDER_WAY_MAX = 4096;
    private static final int BUFFER_BYTES = 1 << 15;
    private static final long WAIT_MS = 1;
    private static final long STALL_MS = 20_000;

    private final List<Socket> terminals = new ArrayList<>();
    private final SilentHost host;

    private HeldTickets(SilentHost host) {
        this.host = host;
    }

    /**
     * Opens so many tickets.
     *
     * @param host where the rack's silent route leads, with no other traffic on it meanwhile
     * @throws IOException if the rack does not hold as many in the end
     */
    static HeldTickets open(RackUnderTest rack, SilentHost host, int count)
            throws IOException, MixException, InterruptedException {
        HeldTickets held = new HeldTickets(host);
        try {
            held.send(rack.port(), count);
            double open = rack.figures().sum("fluxrig_in_flight");
            if (open != count) {
                throw new IOException("the rack holds " + open + " tickets open instead of " + count);
            }
        } catch (IOException | MixException | InterruptedException | RuntimeException e) {
            held.close();
            throw e;
        }
        return held;
    }

    private void send(int port, int count) throws IOException, MixException, InterruptedException {
        Stencil stencil = Stencils.cut(Mixes.held());
        Stamp stamp = new Stamp(2);
        stamp.setTime(System.currentTimeMillis() / 1000);
        List<OutputStream> streams = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Socket terminal = new Socket(InetAddress.getLoopbackAddress(), port);
            terminals.add(terminal);
            streams.add(new BufferedOutputStream(terminal.getOutputStream(), BUFFER_BYTES));
        }
        long before = host.requests();
        int stan = 0;
        for (int sent = 0; sent < count; ) {
            int connection = sent / BURST % CONNECTIONS;
            int burst = Math.min(BURST, count - sent);
            for (int i = 0; i < burst; i++) {
                stamp.set(++stan % 1_000_000, sent + i, sent + i, FIRST_TERMINAL + connection);
                streams.get(connection).write(stencil.next(stamp));
            }
            streams.get(connection).flush();
            sent += burst;
            awaitTaken(before + sent - UNDER_WAY_MAX);
        }
        awaitTaken(before + count);
    }

    private void awaitTaken(long requests) throws IOException, InterruptedException {
        long untilMs = System.currentTimeMillis() + STALL_MS;
        while (host.requests() < requests) {
            if (System.currentTimeMillis() > untilMs) {
                throw new IOException("the silent host has " + host.requests() + " requests instead of " + requests
                        + "; see the log");
            }
            Thread.sleep(WAIT_MS);
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket terminal : terminals) {
            terminal.close();
        }
    }
}
