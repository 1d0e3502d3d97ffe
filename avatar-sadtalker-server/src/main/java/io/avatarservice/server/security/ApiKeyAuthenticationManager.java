package io.avatarservice.server.security;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import reactor.core.publisher.Mono;

/** Turns a key into its name and its scopes. The key itself goes no further. */
final class ApiKeyAuthenticationManager implements ReactiveAuthenticationManager {

    private final ApiKeys keys;

    ApiKeyAuthenticationManager(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public Mono<Authentication> authenticate(Authentication presented) {
        return Mono.fromSupplier(() -> keys.find(String.valueOf(presented.getCredentials()))
                .map(ApiKeyAuthenticationManager::authenticated)
                .orElseThrow(() -> new BadCredentialsException("unknown API key")));
    }

    private static Authentication authenticated(ApiKey key) {
        return UsernamePasswordAuthenticationToken.authenticated(
                key.name(),
                null,
                AuthorityUtils.createAuthorityList(
                        key.scopes().stream().map(Scope::wireName).toList()));
    }
}
