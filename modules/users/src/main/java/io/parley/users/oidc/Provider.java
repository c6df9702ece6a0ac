package io.parley.users.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One provider, for one event loop: its configuration and its keys as it publishes them, and the two steps of the code flow. */
final class Provider {
    private final ProviderSettings settings;
    private final ProviderHttp http;
    private final Cached<OIDCProviderMetadata> metadata;
    private final Cached<JWKSet> keys;
    private final IdTokens idTokens;

    /** What ties an answer to the request: only this server knows it before the provider does. */
    record Binding(String state, String nonce, String verifier) {}

    Provider(ProviderSettings settings, ProviderHttp http, Clock clock) {
        this.settings = settings;
        this.http = http;
        this.metadata = new Cached<>(this::discover, clock);
        this.keys = new Cached<>(this::fetchKeys, clock);
        this.idTokens = new IdTokens(settings, keys::get, keys::renewed);
    }

    ProviderSettings settings() {
        return settings;
    }

    /** Where the browser goes to (OpenID Connect Core 1.0, 3.1.2.1; PKCE, RFC 7636). Fails with {@link ProviderFailure}. */
    Future<String> authorization(String callback, Binding binding) {
        return metadata.get()
                .map(published -> new AuthenticationRequest.Builder(
                                ResponseType.CODE,
                                new Scope(settings.scopes().toArray(String[]::new)),
                                new ClientID(settings.clientId()),
                                URI.create(callback))
                        .endpointURI(published.getAuthorizationEndpointURI())
                        .state(new State(binding.state()))
                        .nonce(new Nonce(binding.nonce()))
                        .codeChallenge(new CodeVerifier(binding.verifier()), CodeChallengeMethod.S256)
                        .build()
                        .toURI()
                        .toString());
    }

    /** Whether the answer comes from this provider, as far as it says so (RFC 9207). Fails with {@link ProviderFailure}. */
    Future<Void> requireIssuer(@Nullable String sent) {
        return metadata.get()
                .compose(published -> (sent == null
                                ? !published.supportsAuthorizationResponseIssuerParam()
                                : sent.equals(settings.issuer().toString()))
                        ? Future.succeededFuture()
                        : Future.failedFuture(ProviderFailure.refused("issuer")));
    }

    /** Who has signed in. Fails with {@link ProviderFailure}. */
    Future<ForeignIdentity> redeem(String code, String callback, Binding binding) {
        return metadata.get()
                .compose(published -> http.send(tokenRequest(published, code, callback, binding.verifier())
                        .toHTTPRequest()))
                .compose(Provider::idToken)
                .compose(token -> idTokens.verify(token, binding.nonce()));
    }

    private TokenRequest tokenRequest(OIDCProviderMetadata published, String code, String callback, String verifier) {
        var grant = new AuthorizationCodeGrant(
                new AuthorizationCode(code), URI.create(callback), new CodeVerifier(verifier));
        var endpoint = published.getTokenEndpointURI();
        var client = new ClientID(settings.clientId());
        var secret = settings.clientSecret();
        if (secret == null) return new TokenRequest.Builder(endpoint, client, grant).build();
        var authentication = isPostOnly(published)
                ? new ClientSecretPost(client, new Secret(secret.value()))
                : new ClientSecretBasic(client, new Secret(secret.value()));
        return new TokenRequest.Builder(endpoint, authentication, grant).build();
    }

    // Without a list, the header is what every provider takes (OpenID Connect Discovery 1.0, 3).
    private static boolean isPostOnly(OIDCProviderMetadata published) {
        var methods = published.getTokenEndpointAuthMethods();
        return methods != null
                && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    }

    private static Future<JWT> idToken(HTTPResponse response) {
        if (response.getStatusCode() >= 500) return failed("status_" + response.getStatusCode());
        try {
            return OIDCTokenResponseParser.parse(response) instanceof OIDCTokenResponse tokens
                            && tokens.getOIDCTokens().getIDToken() != null
                    ? Future.succeededFuture(tokens.getOIDCTokens().getIDToken())
                    : Future.failedFuture(ProviderFailure.refused("code"));
        } catch (ParseException | IllegalArgumentException unreadable) {
            return Future.failedFuture(ProviderFailure.refused("token_answer"));
        }
    }

    private Future<OIDCProviderMetadata> discover() {
        var issuer = settings.issuer().toString();
        var url = URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
        return http.get(url).compose(document -> parsed(issuer, document));
    }

    // The issuer must be the one that is set (OpenID Connect Discovery 1.0, 4.3), else another provider
    // could pose as it.
    private static Future<OIDCProviderMetadata> parsed(String issuer, String document) {
        try {
            var published = OIDCProviderMetadata.parse(document);
            if (!issuer.equals(published.getIssuer().getValue())) return failed("configuration_of_another_issuer");
            return isUsable(published.getAuthorizationEndpointURI())
                            && isUsable(published.getTokenEndpointURI())
                            && isUsable(published.getJWKSetURI())
                    ? Future.succeededFuture(published)
                    : failed("configuration_without_endpoints");
        } catch (ParseException | IllegalArgumentException unreadable) {
            return failed("configuration");
        }
    }

    private static boolean isUsable(@Nullable URI endpoint) {
        return endpoint != null && ProviderSettings.isSecure(endpoint);
    }

    private Future<JWKSet> fetchKeys() {
        return metadata.get()
                .compose(published -> http.get(Objects.requireNonNull(published.getJWKSetURI())))
                .compose(Provider::parsedKeys);
    }

    private static Future<JWKSet> parsedKeys(String document) {
        try {
            return Future.succeededFuture(JWKSet.parse(document));
        } catch (java.text.ParseException unreadable) {
            return failed("keys");
        }
    }

    private static <T> Future<T> failed(String reason) {
        return Future.failedFuture(ProviderFailure.unusable(reason));
    }
}
