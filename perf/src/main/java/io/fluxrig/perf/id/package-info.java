/** Message ids: unique across racks and strips, sortable by time, issued without a lock. Each strip owns one generator. */
package io.fluxrig.perf.id;
