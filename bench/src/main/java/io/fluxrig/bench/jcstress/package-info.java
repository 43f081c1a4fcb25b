/** What two threads may see of each other through the structures they share. Run by {@code bin/bench jcstress}; nothing calls it. */
package io.fluxrig.bench.jcstress;
