/**
 * Who a node is: its key pairs, what is signed with them, and the passport that a mixer signs for a rack. Racks and mixers call
 * it at start and on control messages, never on the path of a message.
 */
package io.fluxrig.engine.passport;
