package io.fluxrig.bench.peer;

import io.fluxrig.iso.wire.DataElement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jpos.core.Configurable;
import org.jpos.core.Configuration;
import org.jpos.core.ConfigurationException;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.ISORequestListener;
import org.jpos.iso.ISOResponseListener;
import org.jpos.iso.ISOSource;
import org.jpos.iso.MUX;
import org.jpos.q2.iso.QMUX;
import org.jpos.util.NameRegistrar;

/**
 * What the switch does with a message: answers 0800, routes by card number, declines with 91 or 92 what it cannot route or
 * nobody answers, and takes an answer back to the terminal that asked.
 *
 * <p>No thread waits for an answer: {@link #process} runs on the terminal's thread, {@link #responseReceived} on the one that
 * reads from the host, {@link #expired} on the mux's timer.
 */
public final class JposRouter implements ISORequestListener, ISOResponseListener, Configurable {
    private static final int TRACK_2 = 35;
    private static final String APPROVED = "00";
    private static final String HOST_DOWN = "91";
    private static final String NO_ROUTE = "92";
    private static final String MALFUNCTION = "96";

    private Map<String, Destination> destinations;
    private BinTable table;

    /** A request in flight. */
    private record Asked(ISOSource terminal, ISOMsg request) {}

    @Override
    public void setConfiguration(Configuration configuration) throws ConfigurationException {
        try {
            table = BinTable.load(Path.of(configuration.get("table")));
            destinations = Map.of(
                    "scheme-a", new Destination(10_000, mux("scheme-a1"), mux("scheme-a2")),
                    "scheme-b", new Destination(10_000, mux("scheme-b")),
                    "silent", new Destination(2_000, mux("silent")));
        } catch (IOException | NameRegistrar.NotFoundException e) {
            throw new ConfigurationException(e);
        }
    }

    private static MUX mux(String name) throws NameRegistrar.NotFoundException {
        return QMUX.getMUX(name);
    }

    @Override
    public boolean process(ISOSource terminal, ISOMsg request) {
        try {
            if (request.getMTI().startsWith("08")) {
                answer(terminal, request, APPROVED);
            } else {
                route(terminal, request);
            }
        } catch (ISOException unfit) {
            answer(terminal, request, MALFUNCTION);
        }
        return true;
    }

    private void route(ISOSource terminal, ISOMsg request) throws ISOException {
        String pan = cardNumber(request);
        String owner = pan == null ? null : table.owner(pan);
        if (owner == null) {
            answer(terminal, request, NO_ROUTE);
            return;
        }
        Destination destination = destinations.get(owner);
        MUX mux = destination.next();
        if (mux == null) {
            answer(terminal, request, HOST_DOWN);
            return;
        }
        mux.request(request, destination.timeoutMs(), this, new Asked(terminal, request));
    }

    private static String cardNumber(ISOMsg request) {
        String pan = request.getString(DataElement.PAN);
        if (pan != null) {
            return pan;
        }
        String track = request.getString(TRACK_2);
        int end = track == null ? -1 : Math.max(track.indexOf('='), track.indexOf('D'));
        return end < 0 ? null : track.substring(0, end);
    }

    @Override
    public void responseReceived(ISOMsg response, Object handBack) {
        Asked asked = (Asked) handBack;
        String pan = response.getString(DataElement.PAN);
        if (pan != null && !pan.equals(asked.request.getString(DataElement.PAN))) {
            answer(asked.terminal, asked.request, MALFUNCTION);
            return;
        }
        response.setHeader((byte[]) null);
        send(asked.terminal, response);
    }

    @Override
    public void expired(Object handBack) {
        Asked asked = (Asked) handBack;
        answer(asked.terminal, asked.request, HOST_DOWN);
    }

    private static void answer(ISOSource terminal, ISOMsg request, String code) {
        try {
            ISOMsg answer = (ISOMsg) request.clone();
            answer.setResponseMTI();
            answer.set(DataElement.RESPONSE_CODE, code);
            send(terminal, answer);
        } catch (ISOException noRequest) {
            System.err.println("jpos: dropped a message that is no request");
        }
    }

    private static void send(ISOSource terminal, ISOMsg answer) {
        try {
            if (terminal.isConnected()) {
                terminal.send(answer);
            }
        } catch (IOException | ISOException e) {
            System.err.println("jpos: a terminal did not get its answer: " + e.getMessage());
        }
    }
}
