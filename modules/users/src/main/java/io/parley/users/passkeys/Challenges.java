package io.parley.users.passkeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.contracts.users.identities.Passkeys;
import io.parley.kernel.Secret;
import io.parley.kernel.crypto.DerivedKey;
import io.parley.users.limits.SingleUse;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.UUID;

/**
 * Challenges for passkeys: 16 random bytes, the time at which they expire, and a MAC of both and of what they are for. So nothing is
 * stored for somebody who only asks for one, and every node accepts what another one has made. Only a challenge that is answered is
 * remembered, until it expires.
 */
final class Challenges {
    private static final int RANDOM_BYTES = 16;
    private static final int UNSIGNED_BYTES = RANDOM_BYTES + Long.BYTES;
    private static final int BYTES = UNSIGNED_BYTES + 32;
    private static final SecureRandom random = new SecureRandom();

    /** What a challenge is for. */
    enum Purpose {
        SIGN_IN,
        ADD
    }

    private final DerivedKey key;
    private final SingleUse used;
    private final Clock clock;

    /** @param signingKey the same on every node */
    Challenges(Secret signingKey, SingleUse used, Clock clock) {
        this.key = new DerivedKey(signingKey, "parley: challenges for passkeys");
        this.used = used;
        this.clock = clock;
    }

    /** @param userId who must answer it; nobody in particular if it is for a sign-in */
    byte[] create(Purpose purpose, UUID userId) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        var unsigned = ByteBuffer.allocate(UNSIGNED_BYTES)
                .put(bytes)
                .putLong(clock.instant().plus(Passkeys.CHALLENGE_LIFETIME).toEpochMilli())
                .array();
        return ByteBuffer.allocate(BYTES)
                .put(unsigned)
                .put(mac(unsigned, purpose, userId))
                .array();
    }

    /** Uses a challenge up; false if it is not one of ours for this purpose and user, has expired, or was used before. */
    Future<Boolean> use(byte[] challenge, Purpose purpose, UUID userId) {
        if (challenge.length != BYTES) return Future.succeededFuture(false);
        var unsigned = Arrays.copyOf(challenge, UNSIGNED_BYTES);
        var mac = Arrays.copyOfRange(challenge, UNSIGNED_BYTES, BYTES);
        long expires = ByteBuffer.wrap(unsigned).getLong(RANDOM_BYTES);
        return MessageDigest.isEqual(mac, mac(unsigned, purpose, userId)) && expires > clock.millis()
                ? used.isFirst(challenge, Passkeys.CHALLENGE_LIFETIME)
                : Future.succeededFuture(false);
    }

    private byte[] mac(byte[] unsigned, Purpose purpose, UUID userId) {
        var subject = (purpose + " " + userId).getBytes(UTF_8);
        return key.mac(ByteBuffer.allocate(unsigned.length + subject.length)
                .put(unsigned)
                .put(subject)
                .array());
    }
}
