package io.parley.users.passkeys;

import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.authenticator.Curve;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.authenticator.RSACOSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;

/**
 * Which keys a passkey may have. The library takes what has the form of a key when a passkey is added, and finds out when somebody signs in with
 * it; a passkey that cannot sign in must not count as a way into the account.
 */
final class CredentialKeys {
    /** NIST SP 800-131A. */
    private static final int MIN_RSA_BITS = 2048;

    /** More than authenticators make; the time of a verification grows with the square. */
    private static final int MAX_RSA_BITS = 8192;

    private static final int MAX_EXPONENT_BITS = 64;

    /** Whether it is a public key for its algorithm, which signatures can be verified with. */
    static boolean areUsable(COSEKey key) {
        try {
            if (key.hasPrivateKey()) return false;
            if (key instanceof EC2COSEKey ec) return isUsable(ec);
            return key instanceof RSACOSEKey rsa && isUsable(rsa);
        } catch (RuntimeException noKey) {
            return false;
        }
    }

    private static boolean isUsable(EC2COSEKey key) {
        return COSEAlgorithmIdentifier.ES256.equals(key.getAlgorithm())
                && Curve.SECP256R1.equals(key.getCurve())
                && key.getPublicKey() instanceof ECPublicKey point
                && isOnCurve(point);
    }

    private static boolean isOnCurve(ECPublicKey key) {
        var curve = key.getParams().getCurve();
        var prime = ((ECFieldFp) curve.getField()).getP();
        var x = key.getW().getAffineX();
        var y = key.getW().getAffineY();
        if (!isBelow(prime, x) || !isBelow(prime, y)) return false;
        var right = x.pow(2).add(curve.getA()).multiply(x).add(curve.getB()).mod(prime);
        return y.pow(2).mod(prime).equals(right);
    }

    private static boolean isBelow(BigInteger prime, BigInteger coordinate) {
        return coordinate.signum() >= 0 && coordinate.compareTo(prime) < 0;
    }

    private static boolean isUsable(RSACOSEKey key) {
        if (!COSEAlgorithmIdentifier.RS256.equals(key.getAlgorithm())
                || !(key.getPublicKey() instanceof RSAPublicKey rsa)) return false;
        int bits = rsa.getModulus().bitLength();
        var exponent = rsa.getPublicExponent();
        return bits >= MIN_RSA_BITS
                && bits <= MAX_RSA_BITS
                && rsa.getModulus().testBit(0)
                && exponent.testBit(0)
                && exponent.compareTo(BigInteger.ONE) > 0
                && exponent.bitLength() <= MAX_EXPONENT_BITS;
    }

    private CredentialKeys() {}
}
