package io.parley.users.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.vertx.core.Future;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The checks of ID tokens (OpenID Connect Core 1.0, 3.1.3.7): a signature by one of the provider's keys, issuer, audience, authorized
 * party, nonce, and the time, with a minute of tolerance.
 */
final class IdTokens {
    /** Only asymmetric ones. With the others, anyone who knows the client secret could sign tokens. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final ProviderSettings settings;
    private final Supplier<Future<JWKSet>> keys;
    private final Supplier<Future<JWKSet>> newerKeys;

    /** @param newerKeys for a token by a key that is not there yet */
    IdTokens(ProviderSettings settings, Supplier<Future<JWKSet>> keys, Supplier<Future<JWKSet>> newerKeys) {
        this.settings = settings;
        this.keys = keys;
        this.newerKeys = newerKeys;
    }

    /** Fails with {@link ProviderFailure}, refused, if any check fails. */
    Future<ForeignIdentity> verify(JWT token, String nonce) {
        if (!(token instanceof SignedJWT signed)
                || !ALGORITHMS.contains(signed.getHeader().getAlgorithm()))
            return Future.failedFuture(ProviderFailure.refused("id_token_algorithm"));
        return keys.get()
                .compose(known -> hasKey(known, signed) ? Future.succeededFuture(known) : newerKeys.get())
                .compose(known -> verify(signed, nonce, known));
    }

    private static boolean hasKey(JWKSet keys, SignedJWT token) {
        return !new JWKSelector(JWKMatcher.forJWSHeader(token.getHeader()))
                .select(keys)
                .isEmpty();
    }

    private Future<ForeignIdentity> verify(SignedJWT token, String nonce, JWKSet keys) {
        try {
            var selector = new JWSVerificationKeySelector<SecurityContext>(ALGORITHMS, new ImmutableJWKSet<>(keys));
            var validator = new IDTokenValidator(
                    new Issuer(settings.issuer()), new ClientID(settings.clientId()), selector, null);
            var claims = validator.validate(token, new Nonce(nonce));
            if (!isForThisClient(claims)) return Future.failedFuture(ProviderFailure.refused("authorized_party"));
            return ForeignIdentity.of(settings, claims)
                    .map(Future::succeededFuture)
                    .orElseGet(() -> Future.failedFuture(ProviderFailure.refused("subject")));
        } catch (BadJOSEException | JOSEException refused) {
            return Future.failedFuture(ProviderFailure.refused("id_token"));
        }
    }

    // The validator does not look at the authorized party (steps 4 and 5).
    private boolean isForThisClient(IDTokenClaimsSet claims) {
        var party = claims.getAuthorizedParty();
        return party == null
                ? claims.getAudience().size() == 1
                : settings.clientId().equals(party.getValue());
    }
}
