/** What it costs to write and read fluxMsg and to carry one between strips. Run by {@code bin/bench transport}; nothing calls it. */
package io.fluxrig.bench.transport;
