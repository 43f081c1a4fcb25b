/**
 * Secrets that a mixer keeps for its fleet: sealed in the registry under data keys, which a key keeper wraps: a file of the mixers' own,
 * HashiCorp Vault or AWS KMS. The store is asked on the mixer's desk and never waits there; keepers are asked on a thread of their own.
 * No secret is in a log, an exception, the audit log or an answer of the API.
 */
package io.fluxrig.mixer.secret;
