package io.parley.users.oidc;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.parley.contracts.users.EmailAddresses;
import io.parley.kernel.Problem;
import io.parley.users.profile.Emails;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is at a provider.
 *
 * @param provider its name
 * @param subject never given to anybody else by this issuer
 * @param email one that an account can have, as it is stored; null if the provider gives none
 * @param isVerified whether the provider says that its owner reads mail to it
 * @param name null if the provider gives none
 */
record ForeignIdentity(
        String provider,
        String issuer,
        String subject,
        @Nullable String email,
        boolean isVerified,
        @Nullable String name) {
    private static final int MAX_NAME = 255;

    /** At most 255 characters of ASCII (OpenID Connect Core 1.0, 2). */
    private static final String SUBJECT = "[\\x20-\\x7e]{1,255}";

    /** Empty if the subject is not one. */
    static Optional<ForeignIdentity> of(ProviderSettings provider, IDTokenClaimsSet claims) {
        var subject = claims.getSubject().getValue();
        if (!subject.matches(SUBJECT)) return Optional.empty();
        return Optional.of(new ForeignIdentity(
                provider.name(),
                provider.issuer().toString(),
                subject,
                email(claims.getStringClaim("email")),
                Boolean.TRUE.equals(claims.getBooleanClaim("email_verified")),
                name(claims.getStringClaim("name"))));
    }

    private static @Nullable String email(@Nullable String claimed) {
        if (claimed == null) return null;
        try {
            EmailAddresses.check("/email", claimed);
            return Emails.normalized(claimed);
        } catch (Problem notAnAddress) {
            return null;
        }
    }

    private static @Nullable String name(@Nullable String claimed) {
        if (claimed == null) return null;
        var name = claimed.replaceAll("[\\p{Cc}\\p{Cs}]", "").strip();
        int length = name.codePointCount(0, name.length());
        if (length > MAX_NAME) name = name.substring(0, name.offsetByCodePoints(0, MAX_NAME));
        return name.isEmpty() ? null : name;
    }

    JsonObject json() {
        return new JsonObject()
                .put("provider", provider)
                .put("iss", issuer)
                .put("sub", subject)
                .put("email", email);
    }

    /** From {@link #json}, with what matters for an account that exists. */
    static ForeignIdentity of(JsonObject json) {
        return new ForeignIdentity(
                json.getString("provider"),
                json.getString("iss"),
                json.getString("sub"),
                json.getString("email"),
                false,
                null);
    }
}
