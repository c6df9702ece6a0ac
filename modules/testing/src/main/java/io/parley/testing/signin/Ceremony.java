package io.parley.testing.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What an answer to options says.
 *
 * @param challenge in base64url
 * @param flags UP is 1, UV is 4
 * @param userHandle in base64url
 */
public record Ceremony(
        String type,
        String challenge,
        String origin,
        String rpId,
        int flags,
        long counter,
        @Nullable String userHandle,
        boolean breaksSignature) {
    public Ceremony withType(String other) {
        return new Ceremony(other, challenge, origin, rpId, flags, counter, userHandle, breaksSignature);
    }

    public Ceremony withChallenge(String other) {
        return new Ceremony(type, other, origin, rpId, flags, counter, userHandle, breaksSignature);
    }

    public Ceremony withOrigin(String other) {
        return new Ceremony(type, challenge, other, rpId, flags, counter, userHandle, breaksSignature);
    }

    public Ceremony withRpId(String other) {
        return new Ceremony(type, challenge, origin, other, flags, counter, userHandle, breaksSignature);
    }

    public Ceremony withFlags(int other) {
        return new Ceremony(type, challenge, origin, rpId, other, counter, userHandle, breaksSignature);
    }

    public Ceremony withCounter(long other) {
        return new Ceremony(type, challenge, origin, rpId, flags, other, userHandle, breaksSignature);
    }

    public Ceremony withUserHandle(@Nullable String other) {
        return new Ceremony(type, challenge, origin, rpId, flags, counter, other, breaksSignature);
    }

    public Ceremony withBrokenSignature() {
        return new Ceremony(type, challenge, origin, rpId, flags, counter, userHandle, true);
    }

    byte[] clientData() {
        return new ObjectMapper()
                .createObjectNode()
                .put("type", type)
                .put("challenge", challenge)
                .put("origin", origin)
                .put("crossOrigin", false)
                .toString()
                .getBytes(UTF_8);
    }

    byte[] authenticatorData(int moreFlags) {
        return ByteBuffer.allocate(37)
                .put(SoftwareAuthenticator.sha256(rpId.getBytes(UTF_8)))
                .put((byte) (flags | moreFlags))
                .putInt((int) counter)
                .array();
    }
}
