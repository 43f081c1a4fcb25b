package io.fluxrig.load;

import io.fluxrig.iso.frame.Framing;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.load.mix.Mix;
import io.fluxrig.load.mix.Template;
import io.fluxrig.load.pace.Rate;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a load run is to do; immutable.
 *
 * @param target where the switch listens
 * @param wire sockets, framing, dialect
 * @param rate when messages are due
 * @param durationNs how long messages are due, warm-up included
 * @param warmupNs first part of the duration whose latencies are not recorded; its answers are checked all the same
 * @param graceNs how long answers are waited for after the last message
 * @param settleNs how long second answers are watched for after the last one
 * @param deadlineNs answers that take longer since they were sent are counted late; 0 for no such count
 * @param mix what is sent
 * @param signOn sent first on each connection, with {@code $STAN} in field 11 and to be answered as {@link
 *     io.fluxrig.load.net.SignOn} has it; null for none
 * @param seed of everything random
 * @param timeoutCodes response codes that are classed as timeouts
 * @param histogramLog where the HdrHistogram log goes, null for none
 */
public record LoadPlan(
        InetSocketAddress target,
        Wire wire,
        Rate rate,
        long durationNs,
        long warmupNs,
        long graceNs,
        long settleNs,
        long deadlineNs,
        Mix mix,
        Template signOn,
        long seed,
        Set<String> timeoutCodes,
        Path histogramLog) {

    /**
     * How the tool speaks.
     *
     * @param connections TCP connections, at least 1
     * @param inFlightMax open requests on a connection at most
     * @param threads event loops that share the connections
     * @param connectTimeoutNs for each connection, sign-on included
     * @param tls null for plain TCP
     */
    public record Wire(
            int connections,
            int inFlightMax,
            int threads,
            long connectTimeoutNs,
            Framing framing,
            WireSpec spec,
            Tls tls) {}

    /**
     * Whom to trust. The other side's certificate has to name the target's host, unless anybody is trusted.
     *
     * @param caFile PEM certificates; null for the JDK's
     * @param insecure trust anybody
     * @param certFile own certificate for a server that asks, null for none
     * @param keyFile its key
     */
    public record Tls(Path caFile, boolean insecure, Path certFile, Path keyFile) {}
}
