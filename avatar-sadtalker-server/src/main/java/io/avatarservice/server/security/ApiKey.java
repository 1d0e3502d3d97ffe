package io.avatarservice.server.security;

import java.util.Set;

/**
 * A caller's key. The secret itself is not here, only its hash.
 *
 * @param name name of the caller
 * @param hash SHA-256 of the secret
 * @param scopes what it may do
 * @param allowance how much of it
 */
record ApiKey(String name, KeyHash hash, Set<Scope> scopes, Allowance allowance) {}
