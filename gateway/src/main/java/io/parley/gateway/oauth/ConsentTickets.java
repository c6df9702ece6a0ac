package io.parley.gateway.oauth;

import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Secret;
import io.parley.kernel.crypto.DerivedKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * What the consent page sends back: who has signed in on it, for which request, signed. It takes the place of a cookie; a page of somebody
 * else cannot know it, and it opens nothing else.
 */
final class ConsentTickets {
    static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();

    private final DerivedKey key;

    record Signed(Caller caller, UUID sessionId) {}

    ConsentTickets(Secret signingKey) {
        this.key = new DerivedKey(signingKey, "parley: consent tickets");
    }

    String issue(SignedIn signedIn, AuthorizationRequest request) {
        var user = signedIn.user();
        var content = String.join(
                ".",
                user.id().toString(),
                user.role().name(),
                signedIn.sessionId().toString(),
                String.valueOf(Instant.now().plus(LIFETIME).getEpochSecond()));
        return content + '.' + encoder.encodeToString(mac(content, request));
    }

    /** Empty if it is none, has expired or belongs to another request. */
    Optional<Signed> verify(String ticket, AuthorizationRequest request) {
        var parts = ticket.split("\\.", -1);
        if (parts.length != 5) return Optional.empty();
        var content = ticket.substring(0, ticket.lastIndexOf('.'));
        var expected = encoder.encodeToString(mac(content, request)).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, parts[4].getBytes(StandardCharsets.UTF_8))) return Optional.empty();
        if (Instant.now().getEpochSecond() >= Long.parseLong(parts[3])) return Optional.empty();
        return Optional.of(new Signed(new Caller(id(parts[0]), Caller.Role.valueOf(parts[1])), id(parts[2])));
    }

    private byte[] mac(String content, AuthorizationRequest request) {
        return key.mac((content + '\n' + request.digest()).getBytes(StandardCharsets.UTF_8));
    }

    private static UUID id(String text) {
        return Ids.parse(text).orElseThrow();
    }
}
