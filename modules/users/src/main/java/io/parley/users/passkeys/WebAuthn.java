package io.parley.users.passkeys;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.VerificationException;
import io.parley.kernel.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads and verifies credentials, on worker threads. The challenge must have been checked before. */
final class WebAuthn {
    static final List<COSEAlgorithmIdentifier> ALGORITHMS =
            List.of(COSEAlgorithmIdentifier.ES256, COSEAlgorithmIdentifier.RS256);

    private static final String TYPE = "public-key";

    // Made at the first use, which takes a while.
    private static final class Library {
        static final ObjectConverter converter = new ObjectConverter();
        static final AttestedCredentialDataConverter credentials = new AttestedCredentialDataConverter(converter);

        // Takes any attestation, because none is asked for.
        static final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    }

    private final Vertx vertx;
    private final PasskeySettings settings;

    WebAuthn(Vertx vertx, PasskeySettings settings) {
        this.vertx = vertx;
        this.settings = settings;
    }

    /** What is stored of a new passkey. */
    record NewCredential(
            Buffer id, Buffer data, long counter, boolean backupEligible, boolean backedUp, List<String> transports) {}

    /** What an assertion says of the authenticator. */
    record Assertion(long counter, boolean backedUp) {}

    /** Empty if it is not a credential at all. */
    Future<Optional<RegistrationData>> readNew(Json credential) {
        return read(credential, text -> Library.manager.parseRegistrationResponseJSON(text))
                .map(read -> read.filter(data -> data.getAttestationObject() != null)
                        .filter(data -> hasName(data, credential))
                        .filter(data -> hasChallenge(data.getCollectedClientData())));
    }

    /** Empty if it is not a credential at all. */
    Future<Optional<AuthenticationData>> read(Json credential) {
        return read(credential, text -> Library.manager.parseAuthenticationResponseJSON(text))
                .map(read -> read.filter(data -> data.getAuthenticatorData() != null && data.getCredentialId() != null)
                        .filter(data -> hasChallenge(data.getCollectedClientData())));
    }

    private static boolean hasChallenge(@Nullable CollectedClientData client) {
        return client != null && client.getChallenge() != null;
    }

    // The library throws exceptions of many kinds for what does not have the form of a credential.
    private <T> Future<Optional<T>> read(Json credential, Function<String, @Nullable T> parse) {
        return blocking(() -> {
            try {
                return isNamed(new JsonObject(credential.text()))
                        ? Optional.ofNullable(parse.apply(credential.text()))
                        : Optional.<T>empty();
            } catch (RuntimeException malformed) {
                return Optional.empty();
            }
        });
    }

    // Web Authentication Level 3, 5.1: rawId is the same as id. The library reads neither of the two, nor the type,
    // when a passkey is added.
    private static boolean isNamed(JsonObject credential) {
        var id = credential.getString("id", "");
        return !id.isEmpty() && id.equals(credential.getString("rawId")) && TYPE.equals(credential.getString("type"));
    }

    private static boolean hasName(RegistrationData data, Json credential) {
        var attested = data.getAttestationObject().getAuthenticatorData().getAttestedCredentialData();
        if (attested == null) return false;
        var id = Base64.getUrlEncoder().withoutPadding().encodeToString(attested.getCredentialId());
        return id.equals(new JsonObject(credential.text()).getString("id"));
    }

    /** Empty if it does not come from a page of ours, from a user who was verified, or with an algorithm of ours. */
    Future<Optional<NewCredential>> verifyNew(RegistrationData data) {
        var parameters = new RegistrationParameters(
                server(data.getCollectedClientData()),
                ALGORITHMS.stream()
                        .map(algorithm ->
                                new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm))
                        .toList(),
                true,
                true);
        return verified(() -> {
                    Library.manager.verify(data, parameters);
                    return data;
                })
                .map(verified -> verified.filter(WebAuthn::hasUsableKey).map(WebAuthn::newCredential));
    }

    private static boolean hasUsableKey(RegistrationData data) {
        return CredentialKeys.areUsable(data.getAttestationObject()
                .getAuthenticatorData()
                .getAttestedCredentialData()
                .getCOSEKey());
    }

    private static NewCredential newCredential(RegistrationData data) {
        var authenticator = data.getAttestationObject().getAuthenticatorData();
        var credential = authenticator.getAttestedCredentialData();
        var transports = data.getTransports();
        return new NewCredential(
                Buffer.buffer(credential.getCredentialId()),
                Buffer.buffer(Library.credentials.convert(credential)),
                authenticator.getSignCount(),
                authenticator.isFlagBE(),
                authenticator.isFlagBS(),
                transports == null
                        ? List.of()
                        : transports.stream()
                                .map(each -> each.getValue())
                                .sorted()
                                .toList());
    }

    /** Empty unless this passkey has signed it, for a page of ours and a user who was verified, with a counter above the stored one. */
    Future<Optional<Assertion>> verify(AuthenticationData data, StoredPasskey passkey) {
        return verified(() -> {
            var record = new CredentialRecordImpl(
                    new NoneAttestationStatement(),
                    true,
                    passkey.backupEligible(),
                    passkey.passkey().backedUp(),
                    passkey.counter(),
                    Library.credentials.convert(passkey.credentialData().getBytes()),
                    null,
                    null,
                    null,
                    Set.of());
            Library.manager.verify(
                    data,
                    new AuthenticationParameters(server(data.getCollectedClientData()), record, null, true, true));
            var authenticator = data.getAuthenticatorData();
            return new Assertion(authenticator.getSignCount(), authenticator.isFlagBS());
        });
    }

    private ServerProperty server(CollectedClientData client) {
        return ServerProperty.builder()
                .origins(settings.origins().stream().map(Origin::create).collect(Collectors.toSet()))
                .rpId(settings.rpId())
                .challenge(new DefaultChallenge(client.getChallenge().getValue()))
                .build();
    }

    private <T> Future<Optional<T>> verified(Callable<T> verification) {
        return blocking(() -> {
            try {
                return Optional.of(verification.call());
            } catch (VerificationException refused) {
                return Optional.empty();
            }
        });
    }

    private <T> Future<T> blocking(Callable<T> work) {
        return vertx.executeBlocking(work, false);
    }
}
