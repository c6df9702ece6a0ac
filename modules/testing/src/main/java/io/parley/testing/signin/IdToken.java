package io.parley.testing.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ID token before it is signed, and what may be wrong with it.
 *
 * @param algorithm {@code none} is not signed at all
 */
public record IdToken(JWTClaimsSet claims, JWSAlgorithm algorithm, RSAKey key) {
    /** With another value of a claim; without it if the value is null. */
    public IdToken with(String claim, @Nullable Object value) {
        return new IdToken(new JWTClaimsSet.Builder(claims).claim(claim, value).build(), algorithm, key);
    }

    public IdToken audience(String... audience) {
        return new IdToken(
                new JWTClaimsSet.Builder(claims).audience(List.of(audience)).build(), algorithm, key);
    }

    public IdToken expired() {
        return with("exp", Instant.now().getEpochSecond() - 120);
    }

    public IdToken by(JWSAlgorithm other) {
        return new IdToken(claims, other, key);
    }

    /** By a key of nobody's that has the name of the right one. */
    public IdToken byAnotherKey() {
        try {
            return new IdToken(
                    claims,
                    algorithm,
                    new RSAKeyGenerator(2048).keyID(key.getKeyID()).generate());
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    String text() {
        if (algorithm.getName().equals("none")) return new PlainJWT(claims).serialize();
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
            token.sign(signer());
            return token.serialize();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    // With HS256, anyone who knows the client secret could sign tokens.
    private JWSSigner signer() throws JOSEException {
        return JWSAlgorithm.Family.HMAC_SHA.contains(algorithm)
                ? new MACSigner(ScriptedProvider.CLIENT_SECRET)
                : new RSASSASigner(key);
    }
}
