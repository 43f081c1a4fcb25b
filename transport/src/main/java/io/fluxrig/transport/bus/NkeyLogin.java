package io.fluxrig.transport.bus;

import io.nats.client.AuthHandler;

/** A {@link BusLogin} as the NATS client asks for it; for this package and the wires between racks. */
public final class NkeyLogin implements AuthHandler {
    private final BusLogin login;

    public NkeyLogin(BusLogin login) {
        this.login = login;
    }

    @Override
    public byte[] sign(byte[] nonce) {
        return login.sign(nonce);
    }

    @Override
    public char[] getID() {
        return BusLogin.nkey(login.publicKey()).toCharArray();
    }

    /** There is none: a key that the server knows is enough. */
    @Override
    public char[] getJWT() {
        return null;
    }
}
