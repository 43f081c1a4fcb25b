package io.fluxrig.perf.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Keeps the object's header and neighbours off the producer's lines. */
abstract class RingPaddingFront {
    long front00, front01, front02, front03, front04, front05, front06, front07;
    long front08, front09, front10, front11, front12, front13, front14;
}

/** Written by the producer alone: the tail it publishes, and its copy of the head. */
abstract class RingProducerLine extends RingPaddingFront {
    long tail;
    long cachedHead;
}

/** Keeps the producer's and the consumer's lines, and those fetched with them, apart. */
abstract class RingPaddingMiddle extends RingProducerLine {
    long middle00, middle01, middle02, middle03, middle04, middle05, middle06, middle07;
    long middle08, middle09, middle10, middle11, middle12, middle13, middle14;
}

/** Written by the consumer alone: the head it publishes, and its copy of the tail. */
abstract class RingConsumerLine extends RingPaddingMiddle {
    long head;
    long cachedTail;
}

/** Keeps what follows, read by both, off the consumer's lines. */
abstract class RingPositions extends RingConsumerLine {

    static final VarHandle TAIL;
    static final VarHandle HEAD;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TAIL = lookup.findVarHandle(RingProducerLine.class, "tail", long.class);
            HEAD = lookup.findVarHandle(RingConsumerLine.class, "head", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    long back00, back01, back02, back03, back04, back05, back06, back07;
    long back08, back09, back10, back11, back12, back13, back14;
}
