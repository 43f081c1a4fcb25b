package io.fluxrig.it;

import java.io.IOException;
import org.jpos.iso.BaseChannel;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;

/** A terminal that is nothing but a jPOS channel: one request, one answer, with purchases numbered by STAN. */
final class JposTerminal implements AutoCloseable {
    private final BaseChannel channel;
    private final String terminalId;
    private int stan;

    JposTerminal(BaseChannel channel, String terminalId) throws IOException {
        this.channel = channel;
        this.terminalId = terminalId;
        channel.setTimeout(20_000);
        channel.connect();
    }

    /** A purchase of 17 fields on that card. */
    ISOMsg purchase(String pan) throws ISOException {
        ISOMsg request = new ISOMsg("0100");
        stan++;
        request.set(2, pan);
        request.set(3, "000000");
        request.set(4, String.format("%012d", 1000 + stan));
        request.set(7, "1123104500");
        request.set(11, String.format("%06d", stan));
        request.set(12, "104500");
        request.set(13, "1123");
        request.set(14, "2912");
        request.set(18, "5411");
        request.set(22, "051");
        request.set(25, "00");
        request.set(32, "00000123456");
        request.set(37, String.format("%012d", stan));
        request.set(41, terminalId);
        request.set(42, "MERCHANT0000001");
        request.set(49, "978");
        return request;
    }

    ISOMsg exchange(ISOMsg request) throws IOException, ISOException {
        send(request);
        return receive();
    }

    void send(ISOMsg request) throws IOException, ISOException {
        channel.send(request);
    }

    ISOMsg receive() throws IOException, ISOException {
        return channel.receive();
    }

    BaseChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.disconnect();
    }
}
