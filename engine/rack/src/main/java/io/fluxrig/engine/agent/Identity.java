package io.fluxrig.engine.agent;

import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.bus.TlsFiles;

/**
 * Who a rack is: one key signs what it says, the other answers what NATS servers ask, which may be anything.
 *
 * @param name of the rack
 * @param tls what it shows on TLS connections, where there are such
 * @param run the {@link io.fluxrig.engine.control.RunNumber} of this process
 */
record Identity(String name, NodeKey key, NodeKey login, RackTls tls, long run) {

    /** To NATS. */
    BusLogin busLogin() {
        return new BusLogin() {
            @Override
            public byte[] publicKey() {
                return login.publicKey();
            }

            @Override
            public byte[] sign(byte[] nonce) {
                return login.sign(nonce);
            }

            @Override
            public TlsFiles tls() {
                return tls.admitted();
            }
        };
    }
}
