/**
 * What every command is given and answers with: streams, environment, terminal, signals, the folder it runs in; tables, JSON, pages,
 * failures, exit codes. All other rooms use it; it uses none of them.
 */
package io.fluxrig.cli.console;
