/**
 * Options that commands of several rooms have, and the range of what an option may say. Knows the console alone.
 */
package io.fluxrig.cli.options;
