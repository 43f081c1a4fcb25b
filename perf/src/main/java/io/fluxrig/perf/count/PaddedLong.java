package io.fluxrig.perf.count;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** 120 bytes in front, so that no other object's hot field shares the value's cache line or the line fetched with it. */
abstract class PaddingBefore {
    long before00, before01, before02, before03, before04, before05, before06, before07;
    long before08, before09, before10, before11, before12, before13, before14;
}

/** The value itself; a superclass's fields are never laid out behind those of its subclass. */
abstract class PaddedValue extends PaddingBefore {
    long value;
}

/**
 * One long alone on its cache lines, written by one thread and read by any.
 *
 * <p>A write is a release store, no locked instruction; a reader sees everything the writer did before it. Readers may be
 * behind by the time a store buffer needs to drain.
 */
abstract class PaddedLong extends PaddedValue {

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(PaddedValue.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    long after00, after01, after02, after03, after04, after05, after06, after07;
    long after08, after09, after10, after11, after12, after13, after14;

    /** The value as last published by its writer. Any thread. */
    public final long get() {
        return (long) VALUE.getAcquire(this);
    }

    final void publish(long newValue) {
        VALUE.setRelease(this, newValue);
    }

    @Override
    public final String toString() {
        return Long.toString(get());
    }
}
